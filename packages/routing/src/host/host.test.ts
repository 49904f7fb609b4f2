import { describe, expect, it } from 'vitest';

import { normalizeHost } from './host.ts';

describe('normalizeHost', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['Shop.EXAMPLE.com', 'shop.example.com'],
    ['shop.example.com:8443', 'shop.example.com'],
    ['shop.example.com:', 'shop.example.com'],
    ['shop.example.com.', 'shop.example.com'],
    ['shop.example.com.:80', 'shop.example.com'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['localhost:65535', 'localhost'],
    ['my_service', 'my_service'],
    ['192.0.2.1:80', '192.0.2.1'],
    ['[::1]', '::1'],
    ['[2001:DB8:0::1]:8080', '2001:db8::1'],
    ['constructor', 'constructor'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('%s is %s', (host, normalized) => {
    expect(normalizeHost(host)).toBe(normalized);
  });

  it.each([
    [''],
    ['.'],
    ['.example.com'],
    ['shop..com'],
    ['shop.example.com..'],
    ['shop.example.com:http'],
    ['shop.example.com:65536'],
    ['shop.example.com:80:80'],
    [':80'],
    ['user@shop.example.com'],
    ['*.example.com'],
    ['shop example'],
    ['bücher.example'],
    ['shop%2eexample'],
    ['::1'],
    ['[::1'],
    ['[::1]x'],
    ['[::1]x:80'],
    ['[::x]'],
    ['[192.0.2.1]'],
    ['[192.0.2.1x'],
    ['[]'],
    ['['],
    [`${'a'.repeat(64)}.example`],
    [`${'a.'.repeat(127)}a`],
  ])('%j is no host', (host) => {
    expect(normalizeHost(host)).toBeUndefined();
  });
});
