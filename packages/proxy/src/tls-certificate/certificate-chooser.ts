import { certificateFor, type TLSCertificate } from './tls-certificate.ts';

export interface CertificateChooserOptions<Ready> {
  /** Asked for each name, so that a renewed certificate is shown from the next handshake on. */
  readonly certificates: () => readonly TLSCertificate[];
  /**
   * Makes of a certificate what the runtime needs. Done once for each object, when it is first chosen.
   *
   * @throws where the certificate can't be used, such as with a key that is another's.
   */
  readonly prepare: (certificate: TLSCertificate) => Ready;
  /** Is told once of each certificate that can't be used. It is as if that were not there. */
  readonly onError: (error: Error) => void;
}

/**
 * Chooses as `certificateFor` does among the certificates that can be used.
 *
 * @returns What was prepared; `undefined` where nobody has the name.
 */
export function certificateChooser<Ready extends object>({
  certificates,
  prepare,
  onError,
}: CertificateChooserOptions<Ready>): (serverName: string) => Ready | undefined {
  const prepared = new WeakMap<TLSCertificate, Ready | 'unusable'>();
  const prepareOnce = (certificate: TLSCertificate): Ready | 'unusable' => {
    const known = prepared.get(certificate);
    if (known !== undefined) return known;
    let ready: Ready | 'unusable' = 'unusable';
    try {
      ready = prepare(certificate);
    } catch (cause) {
      const names = certificate.serverNames.join(', ');
      const why = cause instanceof Error ? cause.message : String(cause);
      onError(new Error(`the certificate for ${names} can not be used: ${why}`, { cause }));
    }
    prepared.set(certificate, ready);
    return ready;
  };

  return (serverName) => {
    let left = certificates();
    for (;;) {
      const chosen = certificateFor(left, serverName);
      if (chosen === undefined) return undefined;
      const ready = prepareOnce(chosen);
      if (ready !== 'unusable') return ready;
      left = left.filter((each) => each !== chosen);
    }
  };
}
