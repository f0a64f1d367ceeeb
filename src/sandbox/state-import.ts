import { closeSync, copyFileSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import { savedFromRows } from './saved-from-rows.ts';
import type { StoredRow } from './saved-from-rows.ts';
import type { SavedState } from './state.ts';

/** The form of the first release: one JSON text with messages, private channels and commands, as servers could not change. */
const firstForm = z.object({
  version: z.literal(1),
  messages: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  directChannels: z.array(z.record(z.string(), z.unknown())),
  commands: z.array(z.record(z.string(), z.unknown())),
});

/** How SQLite's files begin. */
const magic = 'SQLite format 3\0';

/**
 * Turns a file of the first release into one of this form, once; the old one stays beside it as `….version-1`. Does nothing where there
 * is no file, an empty one, or one of this form.
 *
 * @param write makes a new state file
 * @throws where it is neither
 */
export function importFirstForm(
  file: string,
  write: (file: string, saved: SavedState) => void,
  deps: { log: Log },
): void {
  if (!isOfFirstForm(file)) return;
  const form = firstForm.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!form.success) throw new Error('it is not a state that this version or the first one wrote');
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  write(fresh, readFirstForm(form.data));
  const before = `${file}.version-1`;
  copyFileSync(file, before);
  renameSync(fresh, file);
  deps.log.info({ file, before }, 'sandbox: the state file of an earlier version was taken over');
}

/** The first release wrote each thing as it is written now, so that its texts are read as rows are. */
function readFirstForm({ messages, directChannels, commands }: z.infer<typeof firstForm>): SavedState {
  const rows = [
    ...Object.entries(messages).flatMap(([channel, list]) =>
      list.map((message) => textRow('message', channel, message['id'], message)),
    ),
    ...directChannels.map((channel) => textRow('direct', '', channel['id'], channel)),
    textRow('commands', '', 'all', commands),
  ];
  return savedFromRows(rows, ({ kind, id }) => {
    throw new Error(`${String(kind)} ${String(id)} is not as the first version wrote it`);
  });
}

/** Whether something stands in the file that is no SQLite database. Only its beginning is read: it may be large. */
function isOfFirstForm(file: string): boolean {
  if (!existsSync(file)) return false;
  const opened = openSync(file, 'r');
  try {
    const beginning = Buffer.alloc(magic.length);
    const read = readSync(opened, beginning);
    return read > 0 && beginning.toString('latin1') !== magic;
  } finally {
    closeSync(opened);
  }
}

function textRow(kind: string, parent: string, id: unknown, body: object): StoredRow {
  return { kind, parent, id, body: JSON.stringify(body) };
}
