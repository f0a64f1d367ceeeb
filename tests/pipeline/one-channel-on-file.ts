import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';
import { recordingLog, senderOn, start } from './two-channels.ts';

/** A sender at work on a store in a file, which does not wait for locks; one post waits for channel 1003. */
export async function oneChannelOnFile() {
  const { log, logged } = recordingLog();
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-deliver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'paperboy.db');
  const store = await openStore(`sqlite:${path}`, { log, busyTimeoutMs: 0 });
  onTestFinished(() => store.close());
  const sender = await senderOn(store, { clock: jumpingClock(start), log });
  await store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
  await store.papers.saveListing(aListing([anEntry({ id: '2505.00001' })]));
  await sender.queue('1003', [{ paper: '2505.00001', subscriptions: ['c'] }]);
  return { ...sender, path, logged };
}
