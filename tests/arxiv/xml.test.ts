import { describe, expect, it } from 'vitest';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import {
  attributeOf,
  elementsOf,
  everyElement,
  lineOfElement,
  ownText,
  readXml,
  textOf,
  textsOf,
} from '../../src/arxiv/xml.ts';
import { AppError } from '../../src/lib/errors.ts';

const complain = complaintsAbout('f');

describe('readXml', () => {
  it('keeps values as texts, names with their prefixes, and attributes', () => {
    const root = readXml('<?xml version="1.0"?>\n<r><id>0912.5000</id><dc:x a="1">y</dc:x><e/></r>\n', 'r', complain);
    expect(textOf(root, 'id')).toBe('0912.5000');
    expect(elementsOf(root, 'dc:x').map((element) => [ownText(element), attributeOf(element, 'a')])).toEqual([
      ['y', '1'],
    ]);
    expect(elementsOf(root, 'e').map((element) => [ownText(element), attributeOf(element, 'a')])).toEqual([['', null]]);
    expect(textOf(root, 'e')).toBeNull();
  });

  it('decodes every entity once', () => {
    const root = readXml(
      '<r><t a="&quot;&#38;">&amp;lt; &lt;p&gt; &#38;amp; &#39;&#x3b1;&apos; &unknown;</t></r>',
      'r',
      complain,
    );
    expect(textOf(root, 't')).toBe("&lt; <p> &amp; 'α' &unknown;");
    expect(attributeOf(elementsOf(root, 't')[0] ?? '', 'a')).toBe('"&');
  });

  it('reads a long text full of entities', () => {
    expect(textOf(readXml(`<r><t>${'&lt;'.repeat(300_000)}</t></r>`, 'r', complain), 't')).toHaveLength(300_000);
  });

  it('takes CDATA and comments for what they are', () => {
    const root = readXml('<!-- <r> -->\n<r><t><![CDATA[a < b & c]]></t><t>d<!-- e --></t></r>', 'r', complain);
    expect(textsOf(root, 't')).toEqual(['a < b & c', 'd']);
  });

  it('has no text for an element with elements inside', () => {
    expect(textOf(readXml('<r><t>some <b>bold</b></t></r>', 'r', complain), 't')).toBeNull();
  });

  const bomb = '<!ENTITY a "&b;&b;&b;"><!ENTITY b "&a;&a;&a;">';
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^f, line 1: this is no XML: it has no element$/],
    ['text', 'Dear Sir', /^f, line 1: this is no XML/],
    [
      'an entity bomb',
      `<?xml version="1.0"?>\n<!DOCTYPE r [${bomb}]>\n<r>&a;</r>`,
      /^f, line 2: found <!DOCTYPE…, which no answer/,
    ],
    ['entities of another file', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', /^f, line 1: found <!DOCTYPE…/],
    ['a declaration inside', '<r>\n<!ELEMENT x>\n</r>', /^f, line 2: found <!ELEMENT…/],
    ['a processing instruction', '<r>\n\n<?php "?>" ?></r>', /^f, line 3: found <\?php…/],
    [
      'a document without its end',
      '<r>\n<a>x</a>\n',
      /^f, line 2: the document breaks off: its <r> is not closed; fetch it again$/,
    ],
    ['one that ends inside a tag', '<r>\n<a>x</a>\n</', /^f, line 3: the document breaks off/],
    [
      'an element that is not closed',
      '<r>\n<a><b></a>\n</r>',
      /^f, line 2: this is no well-formed XML: Expected closing tag 'b'/,
    ],
    ['a lone ampersand', '<r>\n\na & b</r>', /^f, line 3: this is no well-formed XML: char '&' is not expected; fetch/],
    ['an attribute without quotes', '<r>\n<a b=1></a></r>', /^f, line 2: this is no well-formed XML/],
    ['two roots', '<r>\n</r><r/>', /^f/],
    ['another root', '<html></html>', /^f, line 1: expected one <r>, found <html>$/],
    [
      'deep nesting',
      `<r>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</r>`,
      /^f: this XML is not read: Maximum nested tags/,
    ],
    ['deep nesting that breaks off', `<r>${'<a>'.repeat(200_000)}`, /^f, line 1: the document breaks off/],
    ['names that objects have', '<r><__proto__>x</__proto__></r>', /^f: this XML is not read/],
    [
      'more tags than any answer has',
      `<r>${'<a/>'.repeat(1_500_000)}</r>`,
      /^f: this has more than 1500000 tags, which no/,
    ],
    ['a line break in a name', '<r>\n<a></a\nb></r>', /^f, line \d: .+$/],
    ['long names', `<r><${'a'.repeat(100_000)}></r>`, /^f, line 1: .{1,300}$/],
  ])('refuses %s in one sentence', (_what, text, message) => {
    let thrown: unknown;
    try {
      readXml(text, 'r', complain);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'unreadable-listing', message: expect.stringMatching(message) });
  });

  it('refuses a document that breaks off, wherever it does', () => {
    const whole = '<?xml version="1.0"?>\n<r a="1"><t>x &amp; y</t><!-- c --><u><![CDATA[z]]></u></r>';
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => readXml(whole.slice(0, length), 'r', complain), whole.slice(0, length)).toThrow(AppError);
    }
  });
});

describe('everyElement', () => {
  it('refuses a document with such elements where they do not belong', () => {
    const text = '<r><item/><item><item/></item><items/></r>';
    expect(() => everyElement(text, readXml(text, 'r', complain), 'item', complain)).toThrow(
      'f: of 3 <item> only 2 stand where they belong; fetch it again',
    );
  });
});

describe('lineOfElement', () => {
  it('counts lines from 1 and elements from 0', () => {
    const text = '<r>\n<items/><item/>\r\n<item a="b"/>\n</r>';
    expect([0, 1, 2].map((index) => lineOfElement(text, 'item', index))).toEqual([2, 3, null]);
  });
});
