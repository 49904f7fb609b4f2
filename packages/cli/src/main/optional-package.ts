import { UsageError } from './usage-error.ts';

/**
 * What a command takes from a package of its own, which brings along more than other commands need.
 *
 * @throws {UsageError} with what to install where it is not there.
 */
export async function optionalPackage<Package>(
  load: () => Promise<Package>,
  missing: string,
): Promise<Package> {
  try {
    return await load();
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new UsageError(missing);
  }
}
