import { formatDiagnostic, type Diagnostic } from '@portolan/manifests';

/** Manifests that can't be tested: an object with an error is left out, and nobody would notice that it isn't tested. */
export class FaultyManifests extends Error {
  override readonly name = 'FaultyManifests';

  /** @param errors Empty where there is no object at all. */
  constructor(errors: readonly Diagnostic[]) {
    super(
      errors.length === 0
        ? 'there is no Kubernetes object in the manifests'
        : [
            'the manifests have errors, and what is faulty would be missing from the test:',
            ...errors.map((error) => `  ${formatDiagnostic(error)}`),
          ].join('\n'),
    );
  }
}
