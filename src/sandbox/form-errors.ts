import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';

/** Of a body that is wrong all over, this many faults are told. */
const toldFaults = 500;

type Leaf = { readonly code: string; readonly message: string };

/**
 * `body` as `schema` understands it.
 *
 * @param under where `body` stands in the whole request, for the paths of the faults
 * @throws ApiError 50035 whose `errors` is Discord's tree: one key a level, `_errors` at the leaf
 */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown, under: readonly string[] = []): T {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidForm(
    parsed.error.issues
      .slice(0, toldFaults)
      .map((issue) => ({ path: [...under, ...issue.path.map(String)], ...leafOf(issue) })),
  );
}

/** The refusal 50035 for these faults. */
export function invalidForm(faults: readonly (Leaf & { readonly path: readonly string[] })[]): ApiError {
  const errors = faults.reduce<JsonObject>(
    (tree, { path, code, message }) => withLeaf(tree, path, { code, message }),
    {},
  );
  return new ApiError(400, { message: 'Invalid Form Body', code: 50035, errors });
}

function withLeaf(tree: JsonObject, path: readonly string[], leaf: Leaf): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) {
    const leaves: readonly unknown[] = Array.isArray(tree['_errors']) ? tree['_errors'] : [];
    return { ...tree, _errors: [...leaves, leaf] };
  }
  // A key out of the request's body: own properties only, so that `constructor` is a name like any other.
  const child = Object.hasOwn(tree, key) ? tree[key] : undefined;
  return { ...tree, [key]: withLeaf(isJsonObject(child) ? child : {}, rest, leaf) };
}

/** An issue with Discord's own code and words, for `superRefine`. */
export function fault(code: string, message: string, path: (string | number)[] = []) {
  return { code: 'custom' as const, params: { code }, message, path };
}

/** Text whose code points, blanks at the ends aside, number `min` to `max`. Discord counts after trimming. */
export function text(min: number, max: number) {
  return z
    .string()
    .trim()
    .superRefine((value, context) => {
      // A code point is one or two units: what is far too long need not be taken apart.
      const length = value.length > 2 * max ? value.length : Array.from(value).length;
      if (length === 0 && min > 0) context.addIssue(fault('BASE_TYPE_REQUIRED', 'This field is required'));
      else if (length > max || length < min) context.addIssue(lengthFault(min, max));
    });
}

function lengthFault(min: number, max: number) {
  return min > 0
    ? fault('BASE_TYPE_BAD_LENGTH', `Must be between ${String(min)} and ${String(max)} in length.`)
    : fault('BASE_TYPE_MAX_LENGTH', `Must be ${String(max)} or fewer in length.`);
}

const conversions: Readonly<Record<string, Leaf>> = {
  string: { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret the value as string.' },
  number: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  int: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  boolean: { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' },
  object: { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' },
  record: { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' },
  array: { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
};

function leafOf(issue: z.core.$ZodIssue): Leaf {
  switch (issue.code) {
    case 'custom':
      return {
        code: typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'BASE_TYPE_INVALID',
        message: issue.message,
      };
    case 'invalid_type':
      if (issue.input === undefined) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
      return conversions[issue.expected] ?? { code: 'BASE_TYPE_INVALID', message: issue.message };
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${String(issue.maximum)} or fewer in length.` }
        : { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${String(issue.maximum)}.` };
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${String(issue.minimum)} or more in length.` }
        : {
            code: 'NUMBER_TYPE_MIN',
            message: `int value should be greater than or equal to ${String(issue.minimum)}.`,
          };
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.map(String).join(', ')}}.` };
    case 'invalid_union':
      return { code: 'UNION_TYPE_CHOICES', message: 'Value of field "type" must be one of those that are known here.' };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}
