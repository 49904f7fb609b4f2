import type { ObjectKey, PodTemplate } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { generateName, templateHash } from './name.ts';

const none = (): Set<ObjectKey> => new Set();

describe('generateName', () => {
  it("ends in five of Kubernetes' characters", () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      expect(generateName('default', 'web-', seed, none())).toMatch(
        /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
      );
    }
  });

  it('follows from the seed', () => {
    const name = generateName('default', 'web-', 'a', none());
    expect(generateName('default', 'web-', 'a', none())).toBe(name);
    expect(generateName('default', 'web-', 'b', none())).not.toBe(name);
  });

  it('makes another name where one is taken in the namespace', () => {
    const taken = none();
    const first = generateName('default', 'web-', 'a', taken);
    const second = generateName('default', 'web-', 'a', taken);
    expect(second).not.toBe(first);
    expect(generateName('other', 'web-', 'a', taken)).toBe(first);
    expect(taken).toEqual(new Set([`default/${first}`, `default/${second}`, `other/${first}`]));
  });

  it('cuts the prefix so that the name fits in 63 characters', () => {
    const name = generateName('default', `${'w'.repeat(70)}-`, 'a', none());
    expect(name).toMatch(/^w{58}[^-]{5}$/);
  });
});

describe('templateHash', () => {
  const template: PodTemplate = {
    metadata: { labels: { app: 'web', tier: 'front' } },
    spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }, { containerPort: 81 }] }] },
  };

  it("is written in Kubernetes' characters", () => {
    expect(templateHash(template)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
  });

  it('does not depend on the order of keys', () => {
    const reordered: PodTemplate = {
      spec: template.spec,
      metadata: { labels: { tier: 'front', app: 'web' } },
    };
    expect(templateHash(reordered)).toBe(templateHash(template));
  });

  it('changes with any value, and with the order of a list', () => {
    const relabelled: PodTemplate = { ...template, metadata: { labels: { app: 'web' } } };
    const reordered: PodTemplate = {
      ...template,
      spec: {
        containers: [{ name: 'web', ports: [{ containerPort: 81 }, { containerPort: 80 }] }],
      },
    };
    const hashes = [template, relabelled, reordered].map(templateHash);
    expect(new Set(hashes).size).toBe(3);
  });
});
