import { limits } from './limits.ts';

/** Whose subscriptions a list shows: those of this channel, of this server, or the asker's private alerts. */
const listedOf = ['channel', 'server', 'alerts'] as const;
export type ListedOf = (typeof listedOf)[number];

/** What a button asks for. */
export type ButtonId =
  | { readonly action: 'more'; readonly paper: string }
  | { readonly action: 'similar'; readonly paper: string }
  | { readonly action: 'up'; readonly paper: string }
  | { readonly action: 'down'; readonly paper: string }
  /** `query`: id of a remembered search; `offset`: hits before the page. */
  | { readonly action: 'search'; readonly query: string; readonly offset: number }
  /** A page of a list of subscriptions, from 1. */
  | { readonly action: 'list'; readonly of: ListedOf; readonly page: number }
  /** `draft`: id of a form that was sent and could not be used. */
  | { readonly action: 'again'; readonly draft: string };

/** What a form changes when it is sent. */
export type FormId = { readonly action: 'edit-channel' | 'edit-alert'; readonly subscription: string };

export type CustomId = ButtonId | FormId;

const version = 'v1';

/** Identifiers of papers, searches and subscriptions that can stand in a custom id and in an address: letters, digits, `.`, `_`, `/`, `-`. */
export function isPlainId(id: string): boolean {
  return /^[\w./-]{1,80}$/.test(id);
}

/** `v1:more:2505.15988`, `v1:search:q1:10`. @throws Error where an id is not plain (`isPlainId`) or the offset or page no count: a bug */
export function encodeCustomId(id: CustomId): string {
  const text = `${version}:${id.action}:${argumentsOf(id)}`;
  if (decodeCustomId(text) === null) throw new Error(`discord: ${JSON.stringify(id)} makes no custom id`);
  return text;
}

/** Null for what we did not write, or wrote in a version of ours that is gone. */
export function decodeCustomId(text: string): CustomId | null {
  if (text.length > limits.customId) return null;
  const [found, action, id = '', offset, ...more] = text.split(':');
  if (found !== version || !isPlainId(id) || more.length > 0) return null;
  if (action === 'search' || action === 'list') {
    if (offset === undefined || !/^\d{1,9}$/.test(offset)) return null;
    if (action === 'search') return { action, query: id, offset: Number(offset) };
    const of = listedOf.find((known) => known === id);
    return of === undefined ? null : { action, of, page: Number(offset) };
  }
  if (offset !== undefined) return null;
  switch (action) {
    case 'more':
    case 'similar':
    case 'up':
    case 'down':
      return { action, paper: id };
    case 'again':
      return { action, draft: id };
    case 'edit-channel':
    case 'edit-alert':
      return { action, subscription: id };
    default:
      return null;
  }
}

/** Whether it names a form rather than a button. */
export function isFormId(id: CustomId): id is FormId {
  return id.action === 'edit-channel' || id.action === 'edit-alert';
}

function argumentsOf(id: CustomId): string {
  switch (id.action) {
    case 'search':
      return `${id.query}:${id.offset}`;
    case 'list':
      return `${id.of}:${id.page}`;
    case 'again':
      return id.draft;
    case 'edit-channel':
    case 'edit-alert':
      return id.subscription;
    default:
      return id.paper;
  }
}
