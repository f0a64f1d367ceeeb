import type { Command } from 'commander';
import { diagnose } from '../app/doctor.ts';
import type { Diagnosis } from '../app/doctor.ts';
import { AppError } from '../lib/errors.ts';
import { printJson } from './print.ts';

/** `doctor`: what keeps Paperboy from working, and how to mend it. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check settings, token, permissions, arXiv, database and clock, and say how to mend what is wrong')
    .option('--arxiv-again', 'ask arXiv again, which had refused us (403) or failed too often: once that is settled')
    .action(async (options: { arxivAgain?: boolean }) => {
      const diagnosis = await diagnose(process.env, options);
      if (process.stdout.isTTY) process.stdout.write(readable(diagnosis));
      else printJson(diagnosis);
      const failed = diagnosis.checks.filter(({ ok }) => ok === false);
      if (failed.length === 0) return;
      const sentences = failed.map(({ name, found }) => `${name}: ${found}`).join(' | ');
      throw new AppError(
        'unwell',
        `doctor: ${failed.length} of ${diagnosis.checks.length} checks failed: ${sentences}`,
      );
    });
}

function readable({ checks, invite }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, ok, found, mend }) => [
    `${ok === null ? '–' : ok ? '✓' : '✗'} ${name.padEnd(width)}  ${found}`,
    ...(mend === null ? [] : [`  ${' '.repeat(width)}  → ${mend}`]),
  ]);
  const last = invite === null ? [] : ['', `Invite the bot to a server: ${invite}`];
  return `${[...lines, ...last].join('\n')}\n`;
}
