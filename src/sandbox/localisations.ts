import { z } from 'zod';
import { fault } from './form-errors.ts';
import { isJsonObject } from './json.ts';

/** The languages of Discord's clients. Source: discord/discord-api-spec, AvailableLocalesEnum, July 2026. */
const locales: ReadonlySet<string> = new Set(
  (
    'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi ' +
    'zh-CN zh-TW'
  ).split(' '),
);

/** Whose words serve where a language has none. Source: interactions/application-commands, Locale fallbacks. */
const fallbacks: Readonly<Record<string, string>> = { 'en-US': 'en-GB', 'en-GB': 'en-US', 'es-419': 'es-ES' };

export function isLocale(locale: string): boolean {
  return locales.has(locale);
}

/** Translations by locale: only languages that Discord has, each text as `of` wants it. */
export function localised(of: z.ZodType<string>) {
  return z
    .record(z.string(), of.nullable())
    .superRefine((translations, context) => {
      for (const locale of Object.keys(translations)) {
        if (isLocale(locale)) continue;
        const message = `Value must be one of {${[...locales].join(', ')}}.`;
        context.addIssue(fault('BASE_TYPE_CHOICES', message, [locale]));
      }
    })
    .nullish();
}

/** What of `translations` a client in `locale` shows; undefined for the default. */
export function translationFor(translations: unknown, locale: string): string | undefined {
  if (!isJsonObject(translations)) return undefined;
  const own = translations[locale] ?? translations[fallbacks[locale] ?? ''];
  return typeof own === 'string' ? own : undefined;
}

/** Something that bears a name, and perhaps translations of it. */
export type Named = { readonly name: string; readonly name_localizations?: unknown };

/** The name as a client in `locale` shows it. */
export function shownName(named: Named, locale: string): string {
  return translationFor(named.name_localizations, locale) ?? named.name;
}

/** Whether somebody whose client speaks `locale` means it by `typed`: the name they see, or the default one. */
export function isMeantBy(named: Named, typed: string, locale: string): boolean {
  return named.name === typed || shownName(named, locale) === typed;
}
