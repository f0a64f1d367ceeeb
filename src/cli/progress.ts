import { Presets, SingleBar } from 'cli-progress';
import type { Log } from '../lib/log.ts';
import { secondsSince } from './seconds-since.ts';

/** Says how far something is: in a bar where somebody looks at standard error, otherwise in a line of the log now and then. */
export type Progress = { update(share: number, papers: number): void; stop(): void };

const sayEveryMs = 10_000;

/** @param label what is done, in a word or two */
export function createProgress(label: string, log: Log): Progress {
  const started = performance.now();
  const rate = (papers: number) => Math.round(papers / Math.max(secondsSince(started), 0.01));
  if (!process.stderr.isTTY) {
    let saidAt = started;
    return {
      update: (share, papers) => {
        if (performance.now() - saidAt < sayEveryMs) return;
        saidAt = performance.now();
        const percent = Math.floor(share * 100);
        const leftSeconds = share > 0 ? Math.round((secondsSince(started) * (1 - share)) / share) : null;
        log.info({ papers, percent, papersPerSecond: rate(papers), leftSeconds }, `${label}: ${percent} %`);
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage} % · {papers} papers · {rate}/s · {left} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { papers: 0, rate: 0, left: '?' });
  return {
    update: (share, papers) => {
      const leftSeconds = (secondsSince(started) * (1 - share)) / Math.max(share, 1e-9);
      bar.update(share, { papers, rate: rate(papers), left: share > 0 ? inWords(leftSeconds) : '?' });
    },
    stop: () => bar.stop(),
  };
}

/** `4 s`, `3 min`, `2 h 5 min`. */
function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
