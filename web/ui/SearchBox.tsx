// A field to filter a list: waits for a pause in typing before it asks the server.

import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

type SearchBoxProps = {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  readonly width?: number;
};

export function SearchBox({ label, value, onChange, width = 320 }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const tell = useDebouncedCallback(onChange, PAUSE_MS);
  const change = (next: string): void => {
    setText(next);
    tell(next.trim());
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} />
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      w={{ base: '100%', sm: width }}
    />
  );
}
