import { openStore } from '../../src/store/open-store.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';

/**
 * A process that plans, claims and settles one delivery after the other in the database that its argument names, without a pause until it
 * is ended. It prints a line for each.
 */
const store = await openStore(process.argv[2] ?? '', {
  log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
});
await store.subscriptions.save(aSubscription({ id: 's1', target: 't1' }), aTarget({ id: 't1' }));
await store.leases.take('worker', null, 'writer');
for (let number = 1; ; number++) {
  const paper = {
    paper: `p${number}`,
    occasion: 'first',
    kind: 'new',
    score: 0.5,
    percentile: null,
    categories: [],
    subscriptions: ['s1'],
    evidence: [],
  } as const;
  const planned = { dedupeKey: paper.paper, target: 't1', style: 'cards', date: '2025-05-23', due: 0, papers: [paper] };
  await store.deliveries.commit({
    archive: 'cs.DC',
    date: '2025-05-23',
    papers: [],
    deliveries: [{ ...planned, style: 'cards' }],
    nowMs: number,
  });
  for (const { id } of await store.deliveries.claim({ sender: 'writer', nowMs: number, limit: 1 })) {
    await store.deliveries.settle('writer', id, { kind: 'sent', messageId: `m${number}` }, number);
  }
  process.stdout.write(`${number}\n`);
}
