import type { Entry, Listing } from '../domain/listing.ts';
import { arxivSays } from './arxiv-says.ts';
import { canonicalId } from './identifier.ts';
import { kindSections } from './kind-sections.ts';
import { readOaiRecord } from './oai-record.ts';
import { archiveOfSet } from './oai-set.ts';
import { parseInstant, utcDay } from './source-date.ts';
import { quote } from './unreadable.ts';
import type { Complain } from './unreadable.ts';
import { attributeOf, elementsOf, everyElement, lineOfElement, ownText, readXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One answer of OAI-PMH: a page of all that was asked for. */
export type OaiPage = {
  readonly listing: Listing;
  /** What to ask the next page with, and until when (epoch milliseconds, null where untold); null on the last page. */
  readonly resumptionToken: { readonly token: string; readonly expiresAt: number | null } | null;
  /** When the first version was submitted, in epoch milliseconds or the start of its day, by identifier; who does not tell is missing. */
  readonly submitted: ReadonlyMap<string, number>;
  /** Identifiers of papers that arXiv has deleted. */
  readonly deleted: readonly string[];
};

/**
 * Reads an answer to ListRecords or GetRecord, in the formats `arXiv`, `arXivRaw` and `oai_dc`. It tells papers that changed, not
 * announcements: `date` is the day of the answer, a paper is new or replaced. `complete` is false where another page follows, else null.
 *
 * `noRecordsMatch` is an empty, complete listing.
 * @throws AppError with the line; for any other error with its code and arXiv's own message
 */
export function parseOaiPage(xml: string, options: { complain: Complain }): OaiPage {
  const { complain } = options;
  const root = readXml(xml, 'OAI-PMH', complain);
  const answered = textOf(root, 'responseDate');
  const answeredAt = parseInstant(answered ?? '');
  if (answeredAt === null) throw complain(null, `the answer's <responseDate> ${quote(answered ?? '')} is no instant`);
  const archive = archiveOf(elementsOf(root, 'request')[0] ?? '');
  const date = utcDay(answeredAt);
  if (isWithoutRecords(xml, root, complain)) {
    const listing: Listing = { source: 'oai', archive, date, complete: true, sections: [], entries: [] };
    return { listing, resumptionToken: null, submitted: new Map(), deleted: [] };
  }
  const answer = answerOf(root, complain);
  const records = everyElement(xml, answer, 'record', complain);
  if (records.length === 0)
    throw complain(null, 'the answer has neither a record nor the error noRecordsMatch; ask again');

  const entries: Entry[] = [];
  const submitted = new Map<string, number>();
  const deleted: string[] = [];
  for (const [index, record] of records.entries()) {
    const refuse = (problem: string) =>
      complain(lineOfElement(xml, 'record', index), `record ${index + 1} ${problem}; ask again`);
    const [header = ''] = elementsOf(record, 'header');
    const identifier = textOf(header, 'identifier') ?? '';
    const id = canonicalId(identifier.replace(/^oai:arXiv\.org:/, ''));
    if (id === null) throw refuse(`has no arXiv identifier but ${quote(identifier)}`);
    if (attributeOf(header, 'status') === 'deleted') {
      deleted.push(id);
      continue;
    }
    const { entry, submittedAt } = readOaiRecord(record, id, refuse);
    entries.push(entry);
    if (submittedAt !== null) submitted.set(id, submittedAt);
  }
  const resumptionToken = tokenOf(answer);
  // It declares no count: a last page may hold all the rest, or what was left of it.
  const complete = resumptionToken === null ? null : false;
  const listing: Listing = { source: 'oai', archive, date, complete, sections: kindSections(entries), entries };
  return { listing, resumptionToken, submitted, deleted };
}

/** From the set that was asked for, which a later page names in its token only. */
function archiveOf(request: XmlElement): string {
  const set = attributeOf(request, 'set') ?? askedBy(attributeOf(request, 'resumptionToken') ?? '').get('set');
  return set === null ? 'arxiv' : archiveOfSet(set);
}

/** A token is a query in the form of an address, written so once more. */
function askedBy(token: string): URLSearchParams {
  return new URLSearchParams(new URLSearchParams(`token=${token}`).get('token') ?? '');
}

/** @throws AppError for every error but the one that says: nothing to tell */
function isWithoutRecords(xml: string, root: XmlElement, complain: Complain): boolean {
  const errors = elementsOf(root, 'error');
  for (const [index, error] of errors.entries()) {
    const code = attributeOf(error, 'code') ?? 'an error without a code';
    if (code === 'noRecordsMatch') continue;
    throw complain(lineOfElement(xml, 'error', index), `arXiv's OAI-PMH answers ${code}: ${arxivSays(ownText(error))}`);
  }
  return errors.length > 0;
}

function answerOf(root: XmlElement, complain: Complain): XmlElement {
  const [answer] = [...elementsOf(root, 'ListRecords'), ...elementsOf(root, 'GetRecord')];
  if (answer !== undefined) return answer;
  const verb = attributeOf(elementsOf(root, 'request')[0] ?? '', 'verb') ?? 'an unknown verb';
  throw complain(null, `this is OAI-PMH's answer to ${verb}, which holds no papers; expected ListRecords or GetRecord`);
}

/** An empty one ends a list as none does. arXiv dates it with `expires`, the protocol with `expirationDate`. */
function tokenOf(answer: XmlElement): OaiPage['resumptionToken'] {
  const [element = ''] = elementsOf(answer, 'resumptionToken');
  const token = ownText(element);
  const expires = attributeOf(element, 'expires') ?? attributeOf(element, 'expirationDate');
  return token === '' ? null : { token, expiresAt: parseInstant(expires ?? '') };
}
