/**
 * What `/version` says: that of the API which this one is like. Clients choose by it what they ask for.
 *
 * Source: k8s.io/apimachinery, `version.Info`.
 */
export const VERSION: Readonly<Record<string, string>> = {
  major: '1',
  minor: '33',
  gitVersion: 'v1.33.0+portolan',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-04-23T13:47:38Z',
  goVersion: '',
  compiler: '',
  platform: '',
};
