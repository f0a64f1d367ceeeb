/**
 * How good are the matches? Replays a stream of papers for topics that people curated.
 * `npm run -s evaluate -- --stream FILE --topics FILE [--budget 5] [--feedback 0|1|3|5|10]`; see bench/README.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AnnouncedPaper } from '../src/domain/paper.ts';
import { readBackground } from '../src/match/background.ts';
import { readLines } from './shared/read-lines.ts';
import { readStream } from './shared/read-stream.ts';
import { replay } from './shared/replay.ts';
import type { Topic } from './shared/replay.ts';

const topicSchema = z.object({ id: z.string(), keywords: z.array(z.string()), positives: z.array(z.string()) });
/** A topic that marks made worse by more than this is counted. */
const noticeable = 0.02;

const { values } = parseArgs({
  options: {
    stream: { type: 'string', default: '../shared/data/stream.jsonl.gz' },
    topics: { type: 'string', default: '../shared/data/topics-dev.jsonl' },
    budget: { type: 'string', default: '5' },
    feedback: { type: 'string', default: '0' },
  },
});
const budget = wholeNumber('budget', 1);
const feedback = wholeNumber('feedback', 0);
const topics: Topic[] = [];
for await (const line of readLines(values.topics)) topics.push(topicSchema.parse(JSON.parse(line)));
const papers: AnnouncedPaper[] = [];
for await (const paper of readStream(values.stream)) papers.push(paper);
const background = readBackground(readFileSync(new URL('../config/document-frequencies.bin', import.meta.url)));

const started = performance.now();
const results = replay(papers, topics, { budget, feedback, given: feedback }, background);
if (results.length === 0) {
  fail(
    `no topic of ${values.topics} has a paper to find in ${values.stream} behind its first ${Math.max(5, feedback)}`,
  );
}
const mean = (numbers: readonly number[]): number => round(numbers.reduce((sum, one) => sum + one, 0) / numbers.length);
const output = {
  topics: results.map(({ id, recall, budgetRecall, sentPerDay }) => ({
    id,
    recall: round(recall),
    budgetRecall: round(budgetRecall),
    sentPerDay: round(sentPerDay),
  })),
  mean: {
    recall: mean(results.map(({ recall }) => recall)),
    budgetRecall: mean(results.map(({ budgetRecall }) => budgetRecall)),
    sentPerDay: mean(results.map(({ sentPerDay }) => sentPerDay)),
  },
  baseline: {
    recall: mean(results.map(({ baseline }) => baseline.recall)),
    budgetRecall: mean(results.map(({ baseline }) => baseline.budgetRecall)),
  },
};
process.stdout.write(`${JSON.stringify(output)}\n`);
if (feedback > 0) {
  // Without marks on the same papers to find, to see whom marks made worse.
  const without = new Map(
    replay(papers, topics, { budget, feedback: 0, given: feedback }, background).map((one) => [one.id, one.recall]),
  );
  const worse = results.filter(({ id, recall }) => recall < (without.get(id) ?? 0) - noticeable);
  process.stderr.write(
    `${worse.length} of ${results.length} topics lose more than ${noticeable} by ${feedback} marks: ${worse.map(({ id }) => id).join(', ')}\n`,
  );
}
process.stderr.write(
  `${Math.round((performance.now() - started) / 1000)} s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most\n`,
);

function wholeNumber(name: 'budget' | 'feedback', least: number): number {
  const read = z.coerce.number().int().min(least).safeParse(values[name]);
  return read.success ? read.data : fail(`--${name} is ${values[name]}: give a whole number from ${least} on`);
}

function fail(sentence: string): never {
  process.stderr.write(`evaluate: ${sentence}\n`);
  process.exit(1);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
