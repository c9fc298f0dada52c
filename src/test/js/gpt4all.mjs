// node gpt4all.mjs FILE CONTEXT: text of a GGUF file in GPT4All.
import {basename, dirname, join} from "node:path";
import {loadModel} from "gpt4all";
import {serve} from "./lines.mjs";

const [file, context] = process.argv.slice(2);
console.log = console.info = console.debug = console.warn = console.error;   // standard output carries answers only
const model = await loadModel(basename(file), {
  modelPath: dirname(file), allowDownload: false, modelConfigFile: join(import.meta.dirname, "models.json"),
  device: "cpu", nCtx: Number(context)
});

async function generate({prompt, tokens}) {
  let text = "";
  await model.generate(prompt, {
    promptTemplate: "%1", special: true, nPast: 0, nPredict: tokens, temp: 0, topK: 1, repeatPenalty: 1,
    onResponseToken: (id, bytes) => { text += bytes; }
  });
  return {text};
}

await serve({generate});
