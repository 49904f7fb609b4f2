import type { CatalogueEntry } from './entry.ts';

export const FILES: Readonly<Record<string, CatalogueEntry>> = {
  FileNotReadable: {
    severity: 'error',
    title: 'A file or folder can not be read',
    explanation:
      'It does not exist, or the system does not let us read it, so whatever it holds is missing from everything else that is said here. Check the path and its permissions.',
  },
  FileTooLarge: {
    severity: 'warning',
    title: 'A file is too large to be manifests',
    explanation:
      'It is larger than a cluster would take, so it is not read. Name the manifests themselves rather than a folder that also holds other things, or split the file.',
  },
  FileNotText: {
    severity: 'warning',
    title: 'A file is no text',
    explanation:
      'It is no UTF-8 text, so it can not hold manifests. Rename it if it only happens to end in .yaml or .json, or save it as UTF-8.',
  },
  FileEmpty: {
    severity: 'warning',
    title: 'A file is empty',
    explanation:
      'It was asked for by name and has nothing in it. Most likely whatever was to write it has failed, or another file was meant.',
  },
  NoManifestFiles: {
    severity: 'warning',
    title: 'A folder holds no manifests',
    explanation:
      'Neither it nor what is below it has a file that ends in .yaml, .yml or .json. Most likely another folder was meant.',
  },
  SymlinkLoop: {
    severity: 'warning',
    title: 'A symbolic link leads back to itself',
    explanation:
      'Following it would never end, so it is not followed. Remove the link, or name the folder that it was to lead to.',
  },
  InvalidSyntax: {
    severity: 'error',
    title: 'A document is no YAML or JSON',
    explanation:
      'It can not be read at all, so the objects in it are left out; other documents of the file are not affected. Indentation and unclosed quotes or brackets are the usual causes.',
  },
  Template: {
    severity: 'error',
    title: 'A file is a template',
    explanation:
      'It has actions such as {{ … }} in it, which become a manifest only when they are filled in. Render it first, as `helm template` does, and check the result.',
  },
  NotAnObject: {
    severity: 'error',
    title: 'A document is no Kubernetes object',
    explanation:
      'An object is a map with apiVersion and kind, and this is a list or a single value. Remove the document, or take the file out of those that are checked.',
  },
  MissingKind: {
    severity: 'error',
    title: 'An object does not say what it is',
    explanation: 'It has no kind, so nobody can tell how to read it. Add the kind.',
  },
  MissingAPIVersion: {
    severity: 'error',
    title: 'An object does not say which version it is written for',
    explanation: 'It has no apiVersion, so nobody can tell how to read it. Add the apiVersion.',
  },
  NoKindMatch: {
    severity: 'error',
    title: 'There is no such kind in this version',
    explanation:
      'Kubernetes has this kind, but not under the apiVersion that is written here, and the API server refuses it. Write the version that the message names.',
  },
  RetiredVersion: {
    severity: 'error',
    title: 'The version of an object is no longer served',
    explanation:
      'Kubernetes once read this apiVersion and has stopped, so a cluster of today refuses the object. Write the version that replaced it; fields may have changed their names too.',
  },
  DuplicateObject: {
    severity: 'warning',
    title: 'An object stands there twice',
    explanation:
      'Two objects have the same kind, namespace and name. As with `kubectl apply` the later one counts, and this one has no effect. Remove one of them, or check them apart if they are alternatives.',
  },
};
