import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { sessionCookies } from './session-cookies.ts';

const SESSION = { port: 'shop/cart:80', endpoint: '10.244.1.7:8080' };
const NAMES = new Set(['sticky']);
const SECRET = 'a secret that nobody knows';

async function sealed(maxAge?: number, now = 0, name = 'sticky'): Promise<string> {
  const field = await sessionCookies(SECRET, () => now).seal(name, SESSION, {
    maxAge,
    secure: true,
  });
  return field.split(';')[0] ?? '';
}

describe('a sealed cookie', () => {
  it('names the endpoint that it was made for', async () => {
    expect(await sessionCookies(SECRET).open(await sealed(), NAMES)).toEqual({ sticky: SESSION });
  });

  it('is found among others', async () => {
    const header = `a=1; ${await sealed()}; b=2`;
    expect(await sessionCookies(SECRET).open(header, NAMES)).toEqual({ sticky: SESSION });
  });

  it('is out of reach of scripts, other sites and plain HTTP', async () => {
    const field = await sessionCookies(SECRET).seal('sticky', SESSION, { secure: true });
    expect(field).toMatch(/^sticky=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const plain = await sessionCookies(SECRET).seal('sticky', SESSION, {
      maxAge: 1500,
      secure: false,
    });
    expect(plain).toMatch(/^sticky=[\w-]+; Max-Age=2; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('tells nothing of what is inside, and is never the same twice', async () => {
    const [one, other] = [await sealed(), await sealed()];
    expect(one).not.toBe(other);
    for (const text of [one, atob(one.slice(7).replaceAll('-', '+').replaceAll('_', '/'))]) {
      expect(text).not.toContain('10.244');
      expect(text).not.toContain('shop');
    }
  });

  it('is good until its time is over', async () => {
    const header = await sealed(60_000, 1_000);
    expect(await sessionCookies(SECRET, () => 60_999).open(header, NAMES)).toEqual({
      sticky: SESSION,
    });
    expect(await sessionCookies(SECRET, () => 61_000).open(header, NAMES)).toEqual({});
  });

  it('is worth nothing under another name, or with another secret', async () => {
    const value = (await sealed()).replace('sticky', 'other');
    expect(await sessionCookies(SECRET).open(value, new Set(['other']))).toEqual({});
    expect(await sessionCookies('another').open(await sealed(), NAMES)).toEqual({});
  });

  it('can’t be altered anywhere, nor made up', async () => {
    const header = await sealed();
    const cookies = sessionCookies(SECRET);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(header.length - 8),
        fc.integer({ min: 1, max: 63 }),
        async (at, by) => {
          const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
          const index = 7 + at;
          const other = alphabet[(alphabet.indexOf(header[index] ?? '') + by) % 64] ?? '';
          const altered = header.slice(0, index) + other + header.slice(index + 1);
          const opened = await cookies.open(altered, NAMES);
          // The last character of base64 may carry bits that mean nothing.
          const meansNothing = index === header.length - 1;
          expect(meansNothing ? {} : opened).toEqual({});
        },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary-ascii' }), async (text) => {
        expect(await cookies.open(`sticky=${text}`, NAMES)).toEqual({});
      }),
    );
  });

  it('that nobody asks for is not opened', async () => {
    expect(await sessionCookies(SECRET).open(await sealed(), new Set())).toEqual({});
    expect(await sessionCookies(SECRET).open(null, NAMES)).toEqual({});
  });

  it('is found behind others of its name, which a neighbouring domain may have set', async () => {
    const other = await sessionCookies('another').seal('sticky', SESSION, { secure: true });
    const header = `sticky=junk; ${other.split(';')[0]}; ${await sealed(1, -9)}; ${await sealed()}`;
    expect(await sessionCookies(SECRET, () => 0).open(header, NAMES)).toEqual({ sticky: SESSION });
  });

  it('is not looked for among very many of its name', async () => {
    const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
    const junk = `sticky=${'A'.repeat(60)};`.repeat(2_000);
    expect(await sessionCookies(SECRET).open(junk + (await sealed()), NAMES)).toEqual({});
    expect(decrypt.mock.calls.length).toBeLessThanOrEqual(20);
    decrypt.mockRestore();
  });

  it.each(['__proto__', 'constructor', 'toString'])('may be called %s', async (name) => {
    const cookies = sessionCookies(SECRET);
    const names = new Set([name]);
    const opened = await cookies.open(await sealed(undefined, 0, name), names);
    expect(Object.entries(opened)).toEqual([[name, SESSION]]);
    expect(Object.getPrototypeOf(opened)).toBe(Object.prototype);
  });

  it.each(['__Host-sticky', '__Secure-sticky', '__host-sticky'])(
    'called %s is Secure wherever we believe the client came from, for no browser takes it otherwise',
    async (name) => {
      const field = await sessionCookies(SECRET).seal(name, SESSION, { secure: false });
      expect(field).toContain('; Secure');
      expect(field).toContain('; Path=/');
      expect(field).not.toContain('Domain');
    },
  );
});
