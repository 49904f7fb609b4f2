import { generateKeyPairSync, sign } from 'node:crypto';

/** A self-signed certificate for names, `localhost` if none is given, and for 127.0.0.1, and its key, as PEM. */
export function certificate(...serverNames: readonly string[]): {
  readonly cert: string;
  readonly key: string;
} {
  const [first, ...others] = serverNames.length === 0 ? ['localhost'] : serverNames;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(hex('06082a8648ce3d040302')); // ecdsa-with-SHA256
  const commonName = sequence(hex('0603550403'), tagged(0x0c, Buffer.from(first ?? '')));
  const name = sequence(tagged(0x31, commonName));
  const validity = sequence(
    tagged(0x17, Buffer.from('200101000000Z')),
    tagged(0x17, Buffer.from('491231235959Z')),
  );
  const names = sequence(
    ...[first ?? '', ...others].map((each) => tagged(0x82, Buffer.from(each))),
    tagged(0x87, Buffer.of(127, 0, 0, 1)),
  );
  const extension = sequence(hex('0603551d11'), tagged(0x04, names)); // subjectAltName
  const body = sequence(
    tagged(0xa0, hex('020102')), // version 3
    hex('020101'), // serial number
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]);
  const whole = sequence(body, algorithm, tagged(0x03, signature));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

/** ITU-T X.690, distinguished encoding rules. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 128
      ? Buffer.of(length)
      : length < 256
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, Math.floor(length / 256), length % 256);
  return Buffer.concat([Buffer.of(tag), size, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}
