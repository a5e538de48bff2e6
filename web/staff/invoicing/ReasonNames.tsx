// What a reason of one's own is called in other languages: a name for each that is written on paper.

import { ActionIcon, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { DOCUMENT_LANGUAGES, type DocumentLanguage, LANGUAGE_NAMES } from '#printing/contract.ts';

const LANGUAGES = DOCUMENT_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));

export function ReasonNames({
  about,
  names,
  mayChange,
  at,
  onChange,
}: {
  readonly about: string;
  readonly names: Readonly<Record<string, string>>;
  readonly mayChange: boolean;
  at(language: string): string | undefined;
  onChange(names: Readonly<Record<string, string>>): void;
}) {
  const left = LANGUAGES.filter(({ value }) => names[value] === undefined);
  return (
    <Stack gap="xs" pl="md" maw={420}>
      {Object.entries(names).map(([language, name]) => (
        <Group key={language} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label={LANGUAGE_NAMES[language as DocumentLanguage] ?? language}
            aria-label={`Name of ${about} in ${language}`}
            lang={language}
            size="xs"
            maxLength={100}
            style={{ flex: 1 }}
            value={name}
            disabled={!mayChange}
            onChange={(event) => onChange({ ...names, [language]: event.currentTarget.value })}
            error={at(language)}
          />
          {mayChange ? (
            <ActionIcon
              mb={1}
              variant="subtle"
              color="gray"
              aria-label={`Remove the name of ${about} in ${language}`}
              onClick={() =>
                onChange(Object.fromEntries(Object.entries(names).filter(([each]) => each !== language)))
              }
            >
              <IconTrash size={16} />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
      {mayChange && left.length > 0 ? (
        <Select
          size="xs"
          searchable
          aria-label={`Add a name of ${about} in another language`}
          placeholder="Name it in another language"
          data={left}
          value={null}
          onChange={(language) => language && onChange({ ...names, [language]: '' })}
        />
      ) : null}
    </Stack>
  );
}
