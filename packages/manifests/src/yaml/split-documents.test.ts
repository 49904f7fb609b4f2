import { describe, expect, it } from 'vitest';

import { splitDocuments } from './split-documents.ts';

const texts = (stream: string): readonly string[] => splitDocuments(stream).map(({ text }) => text);

describe('splitting a stream into documents', () => {
  it('begins a document at each line of three dashes', () => {
    expect(texts('a: 1\n---\nb: 2\n--- # two\nc: 3')).toEqual([
      'a: 1\n',
      '---\nb: 2\n',
      '--- # two\nc: 3',
    ]);
  });

  it('begins one there even inside a quoted scalar or an open bracket, as no document may hold such a line', () => {
    expect(texts('a: "\n---\nb: [\n---\nc: 3')).toEqual(['a: "\n', '---\nb: [\n', '---\nc: 3']);
  });

  it('takes no other dashes for a separator', () => {
    expect(texts('a: |\n  ---\n ---\n----\n---x\n-- -')).toHaveLength(1);
  });

  it('leaves comments and directives with the document after them', () => {
    expect(texts('# about a\n%YAML 1.2\n---\na: 1\n')).toEqual([
      '# about a\n%YAML 1.2\n---\na: 1\n',
    ]);
  });

  it('ends a document at three dots', () => {
    expect(texts('a: 1\n...\n# about b\n---\nb: 2')).toEqual([
      'a: 1\n...\n',
      '# about b\n---\nb: 2',
    ]);
  });

  it('says where each begins, whatever the lines end with', () => {
    expect(splitDocuments('a: 1\r\n---\r\nb: 2').map(({ offset }) => offset)).toEqual([0, 6]);
  });

  it('finds none in nothing', () => {
    expect(texts('')).toEqual([]);
  });
});
