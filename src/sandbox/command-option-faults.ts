import { fault } from './form-errors.ts';
import type { CommandOption } from './validate-command-options.ts';

/** What is wrong with one option by itself. */
export function optionFaults(option: CommandOption) {
  const choices = option.choices ?? [];
  const { min_value: low, max_value: high, min_length: short, max_length: long } = option;
  return [
    ...(option.autocomplete === true && choices.length > 0
      ? [
          fault('APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', 'Choices and autocomplete exclude each other', [
            'autocomplete',
          ]),
        ]
      : []),
    ...choices.flatMap((choice, at) =>
      choices.findIndex(({ name }) => name === choice.name) < at
        ? [
            fault('APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS', 'The specified choice name already exists', [
              'choices',
              at,
            ]),
          ]
        : [],
    ),
    ...(isUpsideDown(low, high)
      ? [fault('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${String(low)}.`, ['max_value'])]
      : []),
    ...(isUpsideDown(short, long)
      ? [fault('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${String(short)}.`, ['max_length'])]
      : []),
  ];
}

/** Names of options beside each other, and their translations in each language, may stand only once. Source: interactions/application-commands, Localization. */
export function twinFaults(list: readonly CommandOption[], at: number) {
  const one = list[at];
  if (one === undefined) return [];
  const earlier = list.slice(0, at);
  const code = 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID';
  const others = list.filter((_other, index) => index !== at);
  const translated = Object.entries(one.name_localizations ?? {}).filter(
    ([locale, name]) =>
      name !== null &&
      (others.some((other) => other.name === name) ||
        earlier.some((other) => other.name_localizations?.[locale] === name)),
  );
  return [
    ...(earlier.some((other) => other.name === one.name) ? [fault(code, 'Option name is used twice', ['name'])] : []),
    ...translated.map(([locale]) => fault(code, 'Option name is used twice', ['name_localizations', locale])),
  ];
}

function isUpsideDown(min: number | null | undefined, max: number | null | undefined): boolean {
  return typeof min === 'number' && typeof max === 'number' && min > max;
}
