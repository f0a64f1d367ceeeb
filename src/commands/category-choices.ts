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
 * `cs.DC, cs.LG — Machine Learning`). None once there are too many for a choice: what was typed holds as it is.
 */
export function categoryListChoices(typed: string): Choice[] {
  const text = withoutNames(typed);
  const lastStart = Math.max(text.lastIndexOf(','), text.lastIndexOf(';')) + 1;
  const kept = text.slice(0, lastStart).split(/[\s,;]+/);
  // Blanks stand between categories too, but also between the words of a name.
  const words = text.slice(lastStart).trimStart().split(/\s+/);
  const isKept = (word: string, at: number) => at < words.length - 1 && parseCategory(word).ok;
  const firstTyped = words.findIndex((word, at) => !isKept(word, at));
  kept.push(...words.slice(0, firstTyped));
  return choicesAfter(kept.filter((word) => word !== '').map(spelled), words.slice(firstTyped).join(' '));
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
