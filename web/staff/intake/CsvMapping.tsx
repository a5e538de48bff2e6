// Saying once what the columns of a bank's CSV mean, with the first rows as they will be booked. It is kept with the account.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { lookAtBankCsv } from '#intake/contract.ts';
import { setCsvProfile } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useUpload } from '../../lib/data.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { CsvFields } from './CsvFields.tsx';
import { CsvPreview, Questions } from './CsvPreview.tsx';
import { choicesOf, type Draft, draftOf, emptyDraft, profileOf } from './csv-draft.ts';
import type { MappingProps } from './FileMapping.tsx';

/** Keys are pressed faster than a file should be read. */
const PAUSE_MS = 300;

type Look = Reply<typeof lookAtBankCsv>;

export function CsvMapping({ file, account, onKept, onLeave }: MappingProps) {
  const { bankAccountId } = account;
  const looking = useUpload(lookAtBankCsv);
  const keeping = useCommand(setCsvProfile);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [questions, setQuestions] = useState<Look['questions']>([]);
  // The last look stays while the next is on its way, so that nothing one has open closes.
  const [look, setLook] = useState<Look | null>(null);
  const profile = draft ? profileOf(draft) : undefined;
  const written = profile ? JSON.stringify(profile) : '';
  const [asked] = useDebouncedValue(written, PAUSE_MS);
  const { mutate } = looking;
  useEffect(() => {
    const query = { bankAccountId, ...(asked === '' ? {} : { profile: asked }) };
    mutate(
      { input: { query }, file, rehearse: true },
      {
        onSuccess: (found) => {
          setLook(found);
          if (asked === '') setQuestions(found.questions);
          setDraft((before) => {
            if (before) return before;
            return found.profile ? draftOf(found.profile, account.currency) : emptyDraft(account.currency);
          });
        },
      },
    );
  }, [mutate, file, bankAccountId, account.currency, asked]);
  const example = look?.rows.find((row) => row.line > (look.headerLine ?? 0))?.cells ?? [];
  const change = (part: Partial<Draft>): void =>
    setDraft((before) => (before ? { ...before, ...part } : before));
  const isOfNow = asked === written && !looking.isPending && !looking.error;
  const isReady =
    isOfNow &&
    profile !== undefined &&
    look?.refusal === null &&
    look.problemCount === 0 &&
    !look.isSignTurned;
  return (
    <Panel title={`What the columns of ${file.name} mean`}>
      <Stack>
        <Text size="sm" c="dimmed">
          Said once, it is kept with {account.name} and used from then on.
        </Text>
        {looking.error ? <Trouble problem={looking.error} /> : null}
        <Questions
          questions={questions.filter((one) => !profile || one.code !== 'bank_csv_header_not_found')}
        />
        {draft && look ? (
          <CsvFields
            draft={draft}
            choices={choicesOf(draft.hasHeader ? look.header : [], example)}
            onChange={change}
          />
        ) : null}
        {look ? (
          <CsvPreview look={look} onTurn={() => change({ isInverted: !(draft?.isInverted ?? false) })} />
        ) : null}
        {keeping.error ? <Trouble problem={keeping.error} /> : null}
        <Group>
          <Button
            disabled={!isReady}
            loading={keeping.isPending}
            onClick={() =>
              profile &&
              keeping.mutate({ params: { bankAccountId }, body: profile }, { onSuccess: () => onKept() })
            }
          >
            Keep it and go on
          </Button>
          <Button variant="default" onClick={onLeave}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
