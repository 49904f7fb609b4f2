import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { podName } from './pod-name.ts';

describe('the name of a Pod', () => {
  it('is the name of the host and five letters', () => {
    expect(podName(() => 0, 'Web-1.shop.example')).toBe('web-1-shop-example-bbbbb');
  });

  it('does without a host', () => {
    expect(podName(() => 0.999, '')).toBe('pod-99999');
  });

  it('is a DNS label, whatever the host is called', () => {
    assert(
      property(string({ maxLength: 100 }), (host) => {
        const name = podName(() => 0.5, host);
        expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(63);
      }),
    );
  });
});
