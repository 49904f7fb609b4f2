import { describe, expect, it } from 'vitest';

import { redirect } from './redirect.ts';
import type { RedirectedRequest } from './redirect.ts';

const request: RedirectedRequest = {
  scheme: 'http',
  host: 'example.com',
  port: 80,
  path: '/foo/bar',
  query: '',
  matchedPrefix: '/foo',
};

function location(
  filter: Omit<Parameters<typeof redirect>[0], 'type'>,
  changes: Partial<RedirectedRequest> = {},
): string {
  return redirect({ type: 'RequestRedirect', ...filter }, { ...request, ...changes }).location;
}

describe('a redirect', () => {
  it('has status 302 unless the filter says otherwise', () => {
    expect(redirect({ type: 'RequestRedirect' }, request).status).toBe(302);
    expect(redirect({ type: 'RequestRedirect', statusCode: 308 }, request).status).toBe(308);
  });

  it('keeps scheme, host, path and query where the filter names none', () => {
    expect(location({ statusCode: 301 }, { query: 'a=1' })).toBe('http://example.com/foo/bar?a=1');
  });

  it('takes scheme, host and port of the filter', () => {
    expect(location({ scheme: 'https', hostname: 'example.org', port: 8443 })).toBe(
      'https://example.org:8443/foo/bar',
    );
  });

  it("takes the scheme's well-known port where the filter names a scheme and no port", () => {
    expect(location({ scheme: 'https' }, { port: 8080 })).toBe('https://example.com/foo/bar');
    expect(location({ scheme: 'http' }, { port: 8080 })).toBe('http://example.com/foo/bar');
  });

  it("takes the listener's port where the filter names neither", () => {
    expect(location({ hostname: 'example.org' }, { port: 8080 })).toBe(
      'http://example.org:8080/foo/bar',
    );
  });

  it('leaves out port 80 of HTTP and port 443 of HTTPS, and no other', () => {
    expect(location({ port: 80 }, { port: 8080 })).toBe('http://example.com/foo/bar');
    expect(location({ port: 443 }, { scheme: 'https' })).toBe('https://example.com/foo/bar');
    expect(location({ port: 443 })).toBe('http://example.com:443/foo/bar');
    expect(location({ scheme: 'https', port: 80 })).toBe('https://example.com:80/foo/bar');
  });

  it('modifies the path', () => {
    expect(
      location(
        { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } },
        { query: 'a' },
      ),
    ).toBe('http://example.com/new/bar?a');
    expect(location({ path: { type: 'ReplaceFullPath', replaceFullPath: '/only' } })).toBe(
      'http://example.com/only',
    );
  });

  it('puts brackets around an IPv6 literal', () => {
    expect(location({}, { host: '::1', port: 8787 })).toBe('http://[::1]:8787/foo/bar');
  });

  it('is relative where nobody named a host', () => {
    expect(location({}, { host: '' })).toBe('/foo/bar');
  });
});
