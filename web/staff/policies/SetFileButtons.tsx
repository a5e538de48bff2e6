// A set as a file: kept on one's own machine, and read again here or elsewhere.

import { Button, FileButton } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';

/** Keeps a file of policies where the browser keeps what it downloads. */
export function ExportButton({
  name,
  file,
}: {
  readonly name: string;
  readonly file: Record<string, unknown>;
}) {
  const save = (): void => {
    const address = URL.createObjectURL(
      new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = address;
    link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.json`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
      File
    </Button>
  );
}

/** Reads a file of policies; what is no JSON is given as it is, and refused like any other that is wrong. */
export function ImportButton({
  onFile,
  busy,
}: {
  onFile(file: Record<string, unknown>): void;
  readonly busy: boolean;
}) {
  const forget = useRef<() => void>(null);
  const take = async (chosen: File | null): Promise<void> => {
    forget.current?.();
    if (chosen) onFile(readJson(await chosen.text()));
  };
  return (
    <FileButton resetRef={forget} accept="application/json,.json" onChange={(file) => void take(file)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          loading={busy}
          leftSection={<IconUpload size={16} aria-hidden />}
        >
          From a file
        </Button>
      )}
    </FileButton>
  );
}

function readJson(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
