export type {
  ManagedFieldsEntry,
  NewMetadata,
  NewObject,
  ObjectRef,
  OwnerReference,
  StoredMetadata,
  StoredObject,
} from './object/stored-object.ts';
export type { Kept, Persistence } from './persistence/persistence.ts';
export { collectionPath, objectPath } from './resource-path/resource-path.ts';
export {
  apiVersionOf,
  RESOURCE_TYPES,
  resourceTypeOf,
  type ResourceType,
} from './resource-type/resource-type.ts';
export { openStore, type StoreOptions } from './store/open-store.ts';
export { refOf } from './store/ref-of.ts';
export {
  ConflictError,
  UnavailableError,
  type Change,
  type Store,
  type Write,
} from './store/store.ts';
