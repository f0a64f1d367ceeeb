import { Option } from 'commander';
import type { Command } from 'commander';
import { renderDelivery } from '../discord/render-delivery.ts';
import { styles } from '../domain/subscription.ts';
import type { Style } from '../domain/subscription.ts';
import { chunks } from '../lib/chunks.ts';
import { papersPerMessage } from '../pipeline/plan.ts';
import { printJson } from './print.ts';
import { readPapers } from './read-input.ts';

/** `render FILE`: the Discord messages that would show the papers of a file, one a line. */
export function addRender(program: Command): void {
  program
    .command('render')
    .description('print the Discord messages for the papers of a file')
    .argument('<file>', 'a listing, Listing JSON, or JSON Lines of papers')
    .addOption(new Option('--style <style>', 'how they look').choices(styles).default('cards'))
    .action((file: string, { style }: { style: Style }) => {
      for (const papers of chunks(readPapers(file), papersPerMessage(style))) {
        const shown = papers.map(({ paper, announcements }) => ({
          paper,
          kind: announcements[0]?.kind ?? 'new',
          evidence: [] as const,
        }));
        printJson(renderDelivery({ style, date: papers[0]?.date ?? null, papers: shown }));
      }
    });
}
