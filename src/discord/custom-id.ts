import { limits } from './limits.ts';

/** Whose subscriptions a list shows: those of this channel, of this server, or the asker's private alerts. */
const listedOf = ['channel', 'server', 'alerts'] as const;
export type ListedOf = (typeof listedOf)[number];

/** What a button asks for. */
export type ButtonId =
  | { readonly action: 'more'; readonly paper: string }
  | { readonly action: 'similar'; readonly paper: string }
  /** `post`: Discord id of the message that brought the paper, where the button stands under another one. */
  | { readonly action: 'up'; readonly paper: string; readonly post?: string }
  | { readonly action: 'down'; readonly paper: string; readonly post?: string }
  /** `query`: id of a remembered search; `offset`: hits before the page. */
  | { readonly action: 'search'; readonly query: string; readonly offset: number }
  /** A page of a list of subscriptions, from 1. */
  | { readonly action: 'list'; readonly of: ListedOf; readonly page: number }
  /** `draft`: id of a form that was sent and could not be used. */
  | { readonly action: 'again'; readonly draft: string }
  /** A subscription shall forget what it learned: asked first, done where whoever presses is `sure`. */
  | { readonly action: 'forget'; readonly subscription: string; readonly sure: boolean };

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
  if (action === 'search' || action === 'list' || action === 'forget') {
    if (offset === undefined || !/^\d{1,9}$/.test(offset)) return null;
    if (action === 'forget') return { action, subscription: id, sure: offset === '1' };
    if (action === 'search') return { action, query: id, offset: Number(offset) };
    const of = listedOf.find((known) => known === id);
    return of === undefined ? null : { action, of, page: Number(offset) };
  }
  if (action === 'up' || action === 'down') {
    if (offset === undefined) return { action, paper: id };
    return /^\d{1,20}$/.test(offset) ? { action, paper: id, post: offset } : null;
  }
  if (offset !== undefined) return null;
  switch (action) {
    case 'more':
    case 'similar':
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
    case 'forget':
      return `${id.subscription}:${id.sure ? 1 : 0}`;
    case 'up':
    case 'down':
      return id.post === undefined ? id.paper : `${id.paper}:${id.post}`;
    default:
      return id.paper;
  }
}
