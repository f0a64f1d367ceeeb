import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { readable } from '../text/tex.ts';

/** `tex`: every line of standard input as a reader of Discord will see it. */
export function addTex(program: Command): void {
  program
    .command('tex')
    .description('show lines of standard input as readers will see them: TeX as Unicode')
    .action(async () => {
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
        process.stdout.write(`${readable(line)}\n`);
      }
    });
}
