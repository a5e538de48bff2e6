// What an agency says of many claims at once: its file is looked at line by line, its words are said once, and all of it is kept.

import { Badge, Button, Checkbox, Group, Select, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { listAgencies, lookAtAgencyNews, NEWS_STATUSES, receiveAgencyNews } from '#escalation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead, useUpload } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { DropArea } from '../../ui/DropArea.tsx';
import { Empty, Panel, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { statusWords } from './escalation-words.ts';
import { asRead, headingsOf } from './Statements.tsx';

type Look = Reply<typeof lookAtAgencyNews>;
type Status = (typeof NEWS_STATUSES)[number];
type Columns = Look['columns'];

/** What each column of a file of news holds, in words. */
const ROLE_WORDS = {
  reference: 'Number of the invoice or hand-over',
  status: 'What became of it',
  on: 'Since when',
  number: 'Their number',
  note: 'Note',
} as const;
type Role = keyof typeof ROLE_WORDS;
const ROLES = Object.keys(ROLE_WORDS) as Role[];

const ORDER_WORDS = {
  day_month_year: 'day, month, year',
  month_day_year: 'month, day, year',
  year_month_day: 'year, month, day',
} as const;
type Order = keyof typeof ORDER_WORDS;

/** Refusals of a file that are mended by saying how it is to be read. */
const ASKED = ['agency_headings_missing', 'agency_dates_unclear'];

export function AgencyNews() {
  const agencies = useRead(listAgencies).data?.rows ?? [];
  const mayTell = useMay('claim.hand_over');
  const [agencyId, setAgencyId] = useState<string | null>(null);
  const [file, setFile] = useState<File>();
  const [columns, setColumns] = useState<Columns>();
  const looking = useUpload(lookAtAgencyNews);
  const look = (chosen: File, said: Columns | undefined): void => {
    if (!agencyId) return;
    setFile(chosen);
    looking.mutate({
      input: { params: { agencyId }, query: said ? { columns: JSON.stringify(said) } : {} },
      file: chosen,
      rehearse: true,
    });
  };
  if (!mayTell)
    return (
      <Panel>
        <Empty title="News is kept by others">
          Whoever may hand claims over reads the files of agencies here. What was told stands with each
          hand-over.
        </Empty>
      </Panel>
    );
  const asks = looking.error !== null && ASKED.includes(looking.error.code ?? '');
  return (
    <Panel title="Read news of an agency">
      <Stack>
        <Select
          label="Agency"
          required
          data={agencies.map((one) => ({ value: one.agencyId, label: one.name }))}
          value={agencyId}
          onChange={(chosen) => {
            setAgencyId(chosen);
            setColumns(undefined);
            looking.reset();
          }}
          maw={340}
        />
        <DropArea
          title="Their list"
          says="CSV, Excel or a PDF with text: one row for each claim. You see what it says before it is kept."
          accept=".csv,.txt,.xlsx,.pdf"
          share={looking.share}
          disabled={!agencyId}
          onFile={(chosen) => look(chosen, columns)}
        />
        {looking.error ? <Trouble problem={looking.error} /> : null}
        {file && asks ? (
          <HowToRead
            headings={headingsOf(looking.error?.facts.headings)}
            asksOrder={looking.error?.code === 'agency_dates_unclear'}
            columns={asRead(columns, looking.error?.facts.found)}
            onSaid={(said) => {
              setColumns(said);
              look(file, said);
            }}
          />
        ) : null}
        {looking.data && agencyId ? (
          <Lines
            key={file?.name}
            look={looking.data}
            agencyId={agencyId}
            onDone={() => {
              setFile(undefined);
              looking.reset();
            }}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}

type HowToReadProps = {
  readonly headings: readonly string[];
  readonly asksOrder: boolean;
  readonly columns: Columns | undefined;
  onSaid(columns: Columns): void;
};

/** Under which heading what stands, and how days are written. Said once, it is kept with the lines for the next file. */
function HowToRead({ headings, asksOrder, columns, onSaid }: HowToReadProps) {
  const [chosen, setChosen] = useState<Columns['headings']>(columns?.headings ?? {});
  const [order, setOrder] = useState<Order | null>(columns?.dateOrder ?? null);
  const ready = asksOrder ? order !== null : Boolean(chosen.reference && chosen.status);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {asksOrder
          ? 'Say how days are written. It is kept for the next file of this agency.'
          : 'Say which column holds what. It is kept for the next file of this agency.'}
      </Text>
      <Group align="flex-end">
        {asksOrder ? (
          <Select
            label="Days are written"
            required
            data={Object.entries(ORDER_WORDS).map(([value, label]) => ({ value, label }))}
            value={order}
            onChange={(value) => setOrder(value as Order | null)}
          />
        ) : (
          ROLES.map((role) => (
            <Select
              key={role}
              label={ROLE_WORDS[role]}
              required={role === 'reference' || role === 'status'}
              clearable
              data={[...new Set(headings)]}
              value={chosen[role] ?? null}
              onChange={(heading) => setChosen((before) => ({ ...before, [role]: heading ?? undefined }))}
              style={{ flex: '1 1 180px' }}
            />
          ))
        )}
      </Group>
      <Group>
        <Button
          variant="default"
          disabled={!ready}
          onClick={() => onSaid({ ...columns, headings: chosen, ...(order ? { dateOrder: order } : {}) })}
        >
          Read it so
        </Button>
      </Group>
    </Stack>
  );
}

type LinesProps = { readonly look: Look; readonly agencyId: string; onDone(): void };

function Lines({ look, agencyId, onDone }: LinesProps) {
  const keep = useCommand(receiveAgencyNews);
  const [meant, setMeant] = useState<Readonly<Record<string, Status>>>({});
  const [leavesOut, setLeavesOut] = useState(false);
  const statusOf = (line: Look['lines'][number]): Status | null => line.status ?? meant[line.word] ?? null;
  const unknownWords = [
    ...new Set(look.lines.filter((line) => line.status === null).map((line) => line.word)),
  ];
  const without = look.lines.filter((line) => line.handOver === null);
  const lines = look.lines.filter((line) => line.handOver !== null);
  const isReady =
    lines.length > 0 && lines.every((line) => statusOf(line) !== null) && (without.length === 0 || leavesOut);
  const submit = (): void =>
    keep.mutate(
      {
        params: { agencyId },
        body: {
          lines: lines.flatMap((line) => {
            const status = statusOf(line);
            if (status === null) return [];
            const { name, on, reference, note } = line;
            return [{ name, status, on, ...(reference ? { reference } : {}), ...(note ? { note } : {}) }];
          }),
          columns: { ...look.columns, statuses: { ...look.columns.statuses, ...meant } },
        },
      },
      {
        onSuccess: ({ kept, known }) => {
          notifications.show({
            message: `${countText(kept)} kept${known > 0 ? `; ${countText(known)} were told before` : ''}.`,
          });
          onDone();
        },
      },
    );
  return (
    <Stack>
      {unknownWords.length > 0 ? (
        <Group align="flex-end">
          {unknownWords.map((word) => (
            <Select
              key={word}
              label={`“${word}” means`}
              required
              data={NEWS_STATUSES.map((value) => ({ value, label: statusWords(value) }))}
              value={meant[word] ?? null}
              onChange={(value) => value && setMeant((before) => ({ ...before, [word]: value as Status }))}
              style={{ flex: '1 1 200px' }}
            />
          ))}
        </Group>
      ) : null}
      <LineTable look={look} statusOf={statusOf} />
      {without.length > 0 ? (
        <Checkbox
          label={`Leave out ${countText(without.length)} ${without.length === 1 ? 'line' : 'lines'} of no claim with this agency`}
          checked={leavesOut}
          onChange={(event) => setLeavesOut(event.currentTarget.checked)}
        />
      ) : null}
      {keep.error ? <Trouble problem={keep.error} /> : null}
      <Group>
        <Button onClick={submit} loading={keep.isPending} disabled={!isReady}>
          Keep {countText(lines.length)} {lines.length === 1 ? 'line' : 'lines'}
        </Button>
        <Button variant="default" onClick={onDone}>
          Leave it
        </Button>
      </Group>
    </Stack>
  );
}

type LineTableProps = { readonly look: Look; statusOf(line: Look['lines'][number]): Status | null };

function LineTable({ look, statusOf }: LineTableProps) {
  return (
    <Scroll minWidth={640} label="Lines of the file">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Claim</Table.Th>
            <Table.Th>They say</Table.Th>
            <Table.Th>Means</Table.Th>
            <Table.Th>Since</Table.Th>
            <Table.Th>Their number</Table.Th>
            <Table.Th>Note</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {look.lines.map((line, index) => {
            const status = statusOf(line);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have no other name.
              <Table.Tr key={index}>
                <Table.Td>
                  {line.handOver ? (
                    <TenantLink to={`hand-overs/${line.handOver}`}>{line.name}</TenantLink>
                  ) : (
                    <>
                      {line.name}{' '}
                      <Badge color="orange" variant="light">
                        not with this agency
                      </Badge>
                    </>
                  )}
                </Table.Td>
                <Table.Td>{line.word}</Table.Td>
                <Table.Td>{status ? statusWords(status) : '–'}</Table.Td>
                <Table.Td>{dayWords(line.on)}</Table.Td>
                <Table.Td>{line.reference ?? '–'}</Table.Td>
                <Table.Td>{line.note ?? '–'}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
