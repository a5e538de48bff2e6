// What stands under all documents of a company, by language; a customer reads those of its own language.

import { ActionIcon, Button, Code, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { readFootnotes, replaceFootnotes } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { languagesWith } from '../../ui/choices.ts';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

const FIELDS = ['number', 'issuedOn', 'dueOn', 'total', 'iban', 'bic', 'reference'];

export function Footnotes() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const companyId = chosen || (companies?.[0]?.id ?? '');
  const read = useRead(readFootnotes, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Panel title="Under every invoice and credit note">
      <Stack>
        <Text size="sm" c="dimmed">
          A document has the footnotes of its customer’s language, otherwise those of the company’s. What was
          issued keeps its own. Words in braces are filled in:{' '}
          {FIELDS.map((field) => (
            <Fragment key={field}>
              <Code>{`{${field}}`}</Code>{' '}
            </Fragment>
          ))}
        </Text>
        {(companies?.length ?? 0) > 1 ? (
          <CompanySelect value={companyId} onChange={setChosen} width={320} />
        ) : null}
        <Shown read={read}>
          {(found) => (
            <FootnotesForm key={companyId + JSON.stringify(found)} companyId={companyId} found={found} />
          )}
        </Shown>
      </Stack>
    </Panel>
  );
}

type Row = { readonly key: number; readonly language: string; readonly text: string };

function FootnotesForm({
  companyId,
  found,
}: {
  readonly companyId: string;
  readonly found: Reply<typeof readFootnotes>;
}) {
  const mayChange = useMay('company.manage');
  const replace = useCommand(replaceFootnotes);
  const [rows, setRows] = useState<readonly Row[]>(() =>
    found.footnotes.map((row, key) => ({ ...row, key })),
  );
  const { at, rest } = placeTrouble(replace.error, ['footnotes/'], {});
  const put = (key: number, change: Partial<Row>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const up = (index: number): void =>
    setRows(
      rows.map((row, i) => (i === index ? rows[index - 1] : i === index - 1 ? rows[index] : row) ?? row),
    );
  const footnotes = rows.map(({ language, text }) => ({ language, text: text.trim() }));
  const isChanged = JSON.stringify(footnotes) !== JSON.stringify(found.footnotes);
  return (
    <Stack gap="sm">
      {rest ? <Trouble problem={rest} /> : null}
      {rows.length === 0 ? <Text size="sm">Nothing stands under documents yet.</Text> : null}
      {rows.map((row, index) => (
        <Group key={row.key} gap="xs" align="flex-end">
          <Select
            label={`Footnote ${index + 1}`}
            aria-label={`Language of footnote ${index + 1}`}
            data={languagesWith(row.language)}
            value={row.language}
            searchable
            allowDeselect={false}
            disabled={!mayChange}
            w={170}
            onChange={(language) => put(row.key, { language: language ?? 'en' })}
            error={at(`footnotes/${index}/language`)}
          />
          <Textarea
            aria-label={`Text of footnote ${index + 1}`}
            autosize
            minRows={1}
            maxLength={2_000}
            style={{ flex: '1 1 240px' }}
            value={row.text}
            disabled={!mayChange}
            onChange={(event) => put(row.key, { text: event.currentTarget.value })}
            error={at(`footnotes/${index}/text`)}
          />
          {mayChange ? (
            <Group gap={2} wrap="nowrap" mb={5}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Move footnote ${index + 1} up`}
                disabled={index === 0}
                onClick={() => up(index)}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove footnote ${index + 1}`}
                onClick={() => setRows(rows.filter((each) => each.key !== row.key))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ) : null}
        </Group>
      ))}
      {mayChange ? (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() =>
              setRows([
                ...rows,
                {
                  key: Math.max(-1, ...rows.map((row) => row.key)) + 1,
                  language: rows.at(-1)?.language ?? 'en',
                  text: '',
                },
              ])
            }
          >
            Add a footnote
          </Button>
          <Button
            loading={replace.isPending}
            disabled={!isChanged}
            onClick={() => replace.mutate({ params: { companyId }, body: { footnotes } })}
          >
            Save
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
