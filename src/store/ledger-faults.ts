import type { ExpressionBuilder, Kysely } from 'kysely';
import { AppError } from '../lib/errors.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { Tables } from './schema.ts';

/**
 * What contradicts itself in outbox and ledger, a sentence each; see DeliveryStore.faults. The constraints of the tables keep most of this
 * from happening; a database that was edited by hand, or restored in parts, may have it all the same.
 */
export async function ledgerFaults(db: Kysely<Tables>): Promise<string[]> {
  const faults = [
    described(
      await brokenOpen(db),
      'cannot be sent as promised: its papers cannot be read, or their promises are missing',
    ),
    described(await openWithoutPaper(db), 'waits to be sent, and a paper of it is not in the archive'),
    described(await orphans(db), 'is named by a promise, and is not in the outbox'),
    described(await misdirected(db), 'was promised to another channel than it goes to'),
    described(
      await halfSettled(db),
      'is settled according to its state and open according to its time, or the reverse',
    ),
  ];
  return faults.flatMap((fault) => fault ?? []);
}

/** One sentence for any number of deliveries; null for none. */
function described(ids: readonly string[], fault: string): string | null {
  const [first] = ids;
  if (first === undefined) return null;
  const others = ids.length === 1 ? '' : `, and so it is with ${ids.length - 1} more`;
  return `delivery ${first} ${fault}${others}`;
}

const isOpen = (row: ExpressionBuilder<Tables, 'deliveries'>) => row('deliveries.settled_at', 'is', null);

/** Open deliveries whose papers and promises are not the same. */
async function brokenOpen(db: Kysely<Tables>): Promise<string[]> {
  const open = await db.selectFrom('deliveries').select(['id', 'papers_json']).where(isOpen).orderBy('seq').execute();
  const promises = await db
    .selectFrom('promises')
    .innerJoin('deliveries', 'deliveries.id', 'promises.delivery')
    .select(['promises.delivery', 'promises.paper', 'promises.occasion'])
    .where(isOpen)
    .execute();
  const promised = Map.groupBy(promises, ({ delivery }) => delivery);
  const isKept = (row: (typeof open)[number]) => {
    const papers = papersOf(row);
    const kept = new Set(promised.get(row.id)?.map(({ paper, occasion }) => `${paper} ${occasion}`));
    return papers !== null && papers.every(({ paper, occasion }) => kept.has(`${paper} ${occasion}`));
  };
  return open.filter((row) => !isKept(row)).map(({ id }) => id);
}

function papersOf(row: { readonly id: string; readonly papers_json: string }) {
  try {
    return deliveredPapers(row);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function openWithoutPaper(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('promises', 'promises.delivery', 'deliveries.id')
    .leftJoin('papers', 'papers.id', 'promises.paper')
    .select('deliveries.id')
    .distinct()
    .where(isOpen)
    .where('papers.id', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

async function orphans(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db
    .selectFrom('promises')
    .leftJoin('deliveries', 'deliveries.id', 'promises.delivery')
    .select('promises.delivery as id')
    .distinct()
    .where('deliveries.id', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

async function misdirected(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db
    .selectFrom('promises')
    .innerJoin('deliveries', 'deliveries.id', 'promises.delivery')
    .select('deliveries.id')
    .distinct()
    .whereRef('deliveries.target', '!=', 'promises.target')
    .execute();
  return rows.map(({ id }) => id);
}

async function halfSettled(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where((row) =>
      row.or([
        row.and([row('state', 'in', ['sent', 'dead']), row('settled_at', 'is', null)]),
        row.and([row('state', 'not in', ['sent', 'dead']), row('settled_at', 'is not', null)]),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}
