import { describe, expect, it } from 'vitest';

import { joinFiles } from './join-files.ts';

describe('files', () => {
  it('become documents in the order of their names, each below its name', () => {
    expect(
      joinFiles([
        { name: 'b.yaml', text: 'kind: B' },
        { name: 'a.yaml', text: 'kind: A\n' },
      ]),
    ).toBe('# a.yaml\nkind: A\n---\n# b.yaml\nkind: B\n');
  });

  it('that begin and end with a separator make no empty documents', () => {
    expect(
      joinFiles([
        { name: 'a.yaml', text: '---\nkind: A\n---\n' },
        { name: 'b.yaml', text: '\uFEFF---\r\nkind: B\n---\nkind: C\n' },
      ]),
    ).toBe('# a.yaml\nkind: A\n---\n# b.yaml\nkind: B\n---\nkind: C\n');
  });

  it('of JSON are laid out without tabs, which may not indent YAML', () => {
    expect(joinFiles([{ name: 'a.JSON', text: '{\n\t"kind": "A"\n}' }])).toBe(
      '# a.JSON\n{\n  "kind": "A"\n}\n',
    );
  });

  it('of broken JSON stay as they are', () => {
    expect(joinFiles([{ name: 'a.json', text: '{"kind":' }])).toBe('# a.json\n{"kind":\n');
  });

  it('can not end the comment with their name', () => {
    expect(joinFiles([{ name: 'a\nkind: Evil', text: 'kind: A\n' }])).toBe(
      '# a kind: Evil\nkind: A\n',
    );
  });
});
