import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import { type DroppedFile, joinFiles } from './join-files.ts';

export interface DropZoneProps {
  readonly children: ComponentChildren;
  /** All files as one text, and how many they were. */
  readonly onFiles: (text: string, names: readonly string[]) => void;
  readonly onFault: (message: string) => void;
}

/** Takes files that are dropped anywhere in it. */
export function DropZone({ children, onFiles, onFault }: DropZoneProps): JSX.Element {
  const [over, setOver] = useState(false);
  return (
    <div
      class={over ? 'p-drop p-drop--over' : 'p-drop'}
      onDragOverCapture={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDropCapture={(event) => {
        setOver(false);
        if (!holdsFiles(event)) return;
        event.preventDefault();
        // The editor would put the files' text where the pointer is.
        event.stopPropagation();
        void take(event.dataTransfer?.files, onFiles, onFault);
      }}
    >
      {children}
    </div>
  );
}

/** A button that opens the system's dialogue for files. */
export function FileButton({ onFiles, onFault }: Omit<DropZoneProps, 'children'>): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        class="p-file"
        type="file"
        multiple
        accept=".yaml,.yml,.json"
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files, onFiles, onFault);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      <button type="button" class="p-button" onClick={() => input.current?.click()}>
        Open files…
      </button>
    </>
  );
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

async function take(
  list: FileList | null | undefined,
  onFiles: DropZoneProps['onFiles'],
  onFault: DropZoneProps['onFault'],
): Promise<void> {
  const files = [...(list ?? [])];
  if (files.length === 0) return;
  try {
    const read = await Promise.all(
      files.map(async (file): Promise<DroppedFile> => ({
        name: file.name,
        text: await file.text(),
      })),
    );
    const names = read.map(({ name }) => name);
    onFiles(joinFiles(read), names);
  } catch {
    onFault('The files can not be read. A folder can not be dropped: drop the files in it.');
  }
}
