// node llama.mjs FILE CONTEXT: a GGUF file in node-llama-cpp, with F32 keys and values and no flash attention.
import {getLlama} from "node-llama-cpp";
import {serve} from "./lines.mjs";

const [file, context] = process.argv.slice(2);
const llama = await getLlama({
  gpu: false, build: "never", skipDownload: true, progressLogs: false, maxThreads: 2,
  logger: (level, message) => process.stderr.write(`${level} ${message}\n`)
});
const model = await llama.loadModel({modelPath: file});
const size = Number(context);
const room = await model.createContext({
  contextSize: size, batchSize: size, sequences: 1, threads: 2, flashAttention: false,
  experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32", ignoreMemorySafetyChecks: true
});
const sequence = room.getSequence();
const AT_ZERO = {temperature: 0};

async function evaluate(ids, generateNext) {
  await sequence.clearHistory();
  return sequence.controlledEvaluate(ids.map((id, at) => [id, {generateNext: generateNext(at)}]));
}

async function logits({ids}) {
  const results = await evaluate(ids, () => ({logits: true, options: AT_ZERO}));
  const columns = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  const all = new Float32Array(ids.length * columns);
  results.forEach((result, row) => {
    for (const [token, logit] of result.next.logits) {
      all[row * columns + token] = logit;
    }
  });
  return {rows: ids.length, logits: Buffer.from(all.buffer).toString("base64")};
}

async function perplexity({windows}) {
  let sum = 0;
  let count = 0;
  for (const ids of windows) {
    const results = await evaluate(ids, () => ({logits: true, options: AT_ZERO}));
    for (let t = 1; t < ids.length; t++, count++) {
      const row = results[t - 1].next.logits;
      let largest = -Infinity;
      row.forEach(logit => largest = Math.max(largest, logit));
      let total = 0;
      row.forEach(logit => total += Math.exp(logit - largest));
      sum += largest + Math.log(total) - row.get(ids[t]);
    }
  }
  return {perplexity: Math.exp(sum / count)};
}

async function generate({prompt, tokens}) {
  await sequence.clearHistory();
  const ids = [...model.tokenize(prompt, true)];
  if (model.tokens.shouldPrependBosToken) {
    ids.unshift(model.tokens.bos);
  }
  const written = [];
  for await (const token of sequence.evaluate(ids, AT_ZERO)) {
    if (written.push(token) >= tokens) {
      break;
    }
  }
  return {text: model.detokenize(written, false, ids)};
}

await serve({
  logits, perplexity, generate,
  tokenize: ({texts, special}) => ({ids: texts.map(text => [...model.tokenize(text, special)])})
});
