import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { parseCategory } from '../arxiv/category.ts';
import { suggestCategories } from '../arxiv/suggest-categories.ts';
import { lengthOf } from '../discord/shorten.ts';
import { withoutNames } from './category.ts';

/** Characters of a choice and of what it stands for, Discord's limit. */
const longest = 100;

/** Choices Discord shows at most. */
const maxChoices = 25;

type Choice = APIApplicationCommandOptionChoice<string>;

/** Categories to choose from while one is typed: `distributed` gives `cs.DC — Distributed, Parallel, and Cluster Computing`. */
export function categoryChoices(typed: string): Choice[] {
  return choicesAfter([], withoutNames(typed));
}

/**
 * The same where several may be typed: the last one is completed, those before it are kept (`cs.dc, lear` gives
 * `cs.DC, cs.LG — Machine Learning`). A comma may also stand inside a name: `distributed, par` is one. None once there are too many for a
 * choice: what was typed holds as it is.
 */
export function categoryListChoices(typed: string): Choice[] {
  const first = leadingCategories(withoutNames(typed));
  const isOneName = suggestCategories(first.rest, 1).length > 0;
  const lastStart = isOneName ? 0 : Math.max(first.rest.lastIndexOf(','), first.rest.lastIndexOf(';')) + 1;
  const unread = first.rest.slice(0, lastStart).split(/[\s,;]+/);
  const last = leadingCategories(first.rest.slice(lastStart));
  const kept = [...first.codes, ...unread, ...last.codes].filter((word) => word !== '');
  return choicesAfter(kept.map(spelled), last.rest);
}

/** The categories that a text begins with, each with something behind it; blanks stand between them, but also between the words of a name. */
function leadingCategories(text: string): { readonly codes: readonly string[]; readonly rest: string } {
  const codes: string[] = [];
  let rest = text.replace(/^[\s,;]+/, '');
  for (;;) {
    const [whole, word] = /^([^\s,;]+)[\s,;]+/.exec(rest) ?? [];
    if (whole === undefined || word === undefined || !parseCategory(word).ok) return { codes, rest };
    codes.push(word);
    rest = rest.slice(whole.length);
  }
}

function choicesAfter(kept: readonly string[], typed: string): Choice[] {
  const before = [...new Set(kept)];
  return suggestCategories(typed, maxChoices + before.length)
    .filter(({ code }) => !before.includes(code))
    .map(({ code, name }) => {
      const value = [...before, code].join(', ');
      const named = `${value} — ${name}`;
      return { name: lengthOf(named) <= longest ? named : value, value };
    })
    .filter(({ value }) => lengthOf(value) <= longest)
    .slice(0, maxChoices);
}

function spelled(written: string): string {
  const category = parseCategory(written);
  return category.ok ? category.value : written;
}
