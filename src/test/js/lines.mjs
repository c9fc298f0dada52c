// One JSON object a line: requests on standard input, answers on standard output, in order.
import {createInterface} from "node:readline";

/** Answers each request with what `answers[request.do](request)` gives, or with an `error`. */
export async function serve(answers) {
  const lines = createInterface({input: process.stdin, crlfDelay: Infinity});
  process.stdout.write(JSON.stringify({ready: true}) + "\n");
  for await (const line of lines) {
    process.stdout.write(JSON.stringify(await answer(answers, JSON.parse(line))) + "\n");
  }
  process.exit(0);
}

async function answer(answers, request) {
  try {
    return await answers[request.do](request);
  } catch (e) {
    return {error: String(e?.stack ?? e)};
  }
}
