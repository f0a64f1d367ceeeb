import { describe, expect, it } from 'vitest';
import { fittingTags } from '../../src/discord/forum-tags.ts';
import { aPaper } from '../builders/domain.ts';

const tag = (name: string, moderated = false) => ({ id: name, name, moderated });
const papers = [aPaper({ categories: ['cs.DC', 'math.GT'], primary: 'cs.DC' })];
const required = 1 << 4;

describe('fittingTags', () => {
  it('takes tags named like a category, like all of an archive, or like what we post', () => {
    const tags = ['question', 'CS.dc', 'math', 'cs.LG', 'arXiv', 'Papers'].map((name) => tag(name));
    expect(fittingTags({ available_tags: tags }, papers)).toEqual(['CS.dc', 'math', 'arXiv', 'Papers']);
  });

  it('takes none of the moderators’ tags, and five at most', () => {
    expect(fittingTags({ available_tags: [tag('arxiv', true)] }, papers)).toEqual([]);
    const many = ['cs', 'cs.dc', 'math', 'math.gt', 'arxiv', 'papers'].map((name) => tag(name));
    expect(fittingTags({ available_tags: many }, papers)).toHaveLength(5);
  });

  it('is null where the forum asks for a tag and none fits', () => {
    expect(fittingTags({ flags: required, available_tags: [tag('question')] }, papers)).toBeNull();
    expect(fittingTags({ flags: required, available_tags: [tag('Paper')] }, papers)).toEqual(['Paper']);
    expect(fittingTags({ flags: 0 }, papers)).toEqual([]);
  });
});
