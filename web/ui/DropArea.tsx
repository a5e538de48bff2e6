// Where a file is dropped or chosen, with how much of it is sent.

import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';

type DropAreaProps = {
  readonly title: string;
  readonly says: string;
  /** Endings and types of files to choose from, such as `.csv,.xml`. */
  readonly accept: string;
  /** 0 to 1 while a file is on its way, null otherwise. */
  readonly share: number | null;
  readonly disabled?: boolean;
  onFile(file: File): void;
  /** Takes several at once, where that is possible; left out, only the first of them. */
  onFiles?(files: readonly File[]): void;
};

const WHOLE = 100;

export function DropArea({ title, says, accept, share, disabled = false, onFile, onFiles }: DropAreaProps) {
  const [over, setOver] = useState(false);
  // Forgets the file chosen before, so that the same one can be chosen again after it was mended.
  const forget = useRef<() => void>(null);
  const busy = share !== null;
  const onChosen = (file: File | null): void => {
    forget.current?.();
    if (file) onFile(file);
  };
  const onManyChosen = (files: File[]): void => {
    forget.current?.();
    if (files.length > 0) onFiles?.(files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    const [file] = files;
    if (!file || busy || disabled) return;
    if (onFiles) onFiles(files);
    else onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className="drop-area"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Group justify="center" gap="lg">
        <IconFileUpload size={36} stroke={1.3} aria-hidden />
        <Stack gap={2} style={{ flex: '1 1 220px' }} maw={460}>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        </Stack>
        {onFiles ? (
          <FileButton
            resetRef={forget}
            multiple
            onChange={onManyChosen}
            accept={accept}
            disabled={busy || disabled}
          >
            {(props) => (
              <Button {...props} variant="default" loading={busy}>
                Choose files
              </Button>
            )}
          </FileButton>
        ) : (
          <FileButton resetRef={forget} onChange={onChosen} accept={accept} disabled={busy || disabled}>
            {(props) => (
              <Button {...props} variant="default" loading={busy}>
                Choose a file
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {share === null ? null : (
        <Stack gap={4} mt="sm" role="status">
          <Progress value={share * WHOLE} animated={share >= 1} aria-label="Sent" />
          <Text size="xs" c="dimmed">
            {share >= 1 ? 'Sent. It is being read…' : `${Math.round(share * WHOLE)} % sent`}
          </Text>
        </Stack>
      )}
    </div>
  );
}
