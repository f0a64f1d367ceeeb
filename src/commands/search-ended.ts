import { privately } from '../discord/command.ts';
import type { Answer } from '../discord/command.ts';
import { isAppError } from '../lib/errors.ts';

/** What `answer` gives, or a sentence for the asker where the search behind it was stopped. */
export async function unlessEnded(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (thrown) {
    if (!isAppError(thrown, 'search-ended')) throw thrown;
    return privately(
      'The search took too long and was stopped. Please try again; fewer words, or more letters before a `*`, take less time.',
    );
  }
}
