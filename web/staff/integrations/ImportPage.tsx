// Importing a file in four steps: hand it in, say which column is what, see what would happen, let it happen. Where one
// is stands in the address, so that a page loaded again goes on. Nothing is created before the last step.

import { Button, Group, SimpleGrid, Stack, Stepper, Text, UnstyledButton } from '@mantine/core';
import { IconBuildingBank, IconCash, IconFileInvoice } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { me } from '#identity/contract.ts';
import {
  type mappingText,
  readImportRun,
  startImportRun,
  surveyImportFile,
  uploadImportFile,
} from '#integrations/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import { useCommand, useRead, useUpload } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { NotAllowed, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Batches } from './Batches.tsx';
import { MappingEditor } from './MappingEditor.tsx';
import { RunShown } from './RunShown.tsx';

export type Mapping = z.input<typeof mappingText>;
export type Kind = 'invoices' | 'payments';

/** How often a run is asked how far it is. */
const RUN_REFRESH_MS = 500;

export default function ImportPage() {
  const mayImport = useMay('import.run');
  const isKnown = useRead(me).data !== undefined;
  if (isKnown && !mayImport) return <NotAllowed title="Import" />;
  return <Import />;
}

function Import() {
  const [search, setSearch] = useAddress();
  const kind: Kind = search.kind === 'payments' ? 'payments' : 'invoices';
  const run = useRead(
    readImportRun,
    { params: { runId: search.run ?? '' } },
    {
      enabled: search.run !== undefined,
      refreshMs: (last) => (last?.state === 'done' || last?.state === 'failed' ? false : RUN_REFRESH_MS),
    },
  );
  const step = search.run === undefined ? (search.file === undefined ? 0 : 1) : 2;
  const committing = search.run !== undefined && run.data?.mode === 'commit';
  const restart = (): void => setSearch({ file: '', run: '', name: '' });
  return (
    <Page
      title="Import"
      subtitle="See what would happen first. An import is taken over whole or not at all, and can be undone."
      actions={
        step > 0 ? (
          <Button variant="default" onClick={restart}>
            Start again
          </Button>
        ) : null
      }
    >
      <Stepper active={committing ? 3 : step} size="sm" allowNextStepsSelect={false} iconSize={30}>
        <Stepper.Step label="File" />
        <Stepper.Step label="Columns" />
        <Stepper.Step label="Check" />
        <Stepper.Step label="Import" />
      </Stepper>
      {step === 0 ? <HandIn kind={kind} /> : null}
      {step === 1 ? <Columns kind={kind} fileId={search.file ?? ''} onRestart={restart} /> : null}
      {step === 2 ? (
        <Shown read={run}>
          {(found) => <RunShown run={found} fileName={search.name ?? ''} onRestart={restart} />}
        </Shown>
      ) : null}
      {step === 0 || committing ? <Batches /> : null}
    </Page>
  );
}

const KINDS: readonly {
  readonly kind: Kind;
  readonly title: string;
  readonly says: string;
  readonly icon: ReactNode;
}[] = [
  {
    kind: 'invoices',
    title: 'Invoices and credit notes',
    says: 'Open or paid, with their customers. Each row is a document.',
    icon: <IconFileInvoice size={28} stroke={1.4} aria-hidden />,
  },
  {
    kind: 'payments',
    title: 'Payments',
    says: 'What was paid and for which document, from another system.',
    icon: <IconCash size={28} stroke={1.4} aria-hidden />,
  },
];

const ACCEPT = '.csv,.txt,.tsv,.xlsx,.gz,text/csv';

function HandIn({ kind }: { readonly kind: Kind }) {
  const [, setSearch] = useAddress();
  const go = useGo();
  const sending = useUpload(uploadImportFile);
  const send = (file: File): void =>
    sending.mutate(
      { input: { query: { kind } }, file },
      { onSuccess: (kept) => setSearch({ file: kept.fileId, name: kept.name, run: '' }) },
    );
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {KINDS.map((choice) => (
          <KindCard
            key={choice.kind}
            {...choice}
            chosen={choice.kind === kind}
            onChoose={() => setSearch({ kind: choice.kind })}
          />
        ))}
        <KindCard
          title="Bank statement"
          says="camt.053 or CSV of the bank; has a page of its own."
          icon={<IconBuildingBank size={28} stroke={1.4} aria-hidden />}
          chosen={false}
          onChoose={() => go('bank')}
        />
      </SimpleGrid>
      {sending.error ? <Trouble problem={sending.error} /> : null}
      <DropArea
        title={`Drop a file of ${kind} here`}
        says="CSV, XLSX or a gzipped CSV, with the names of its columns in the first line."
        accept={ACCEPT}
        share={sending.share}
        onFile={send}
      />
    </Stack>
  );
}

function KindCard({
  title,
  says,
  icon,
  chosen,
  onChoose,
}: {
  readonly title: string;
  readonly says: string;
  readonly icon: ReactNode;
  readonly chosen: boolean;
  onChoose(): void;
}) {
  return (
    <UnstyledButton
      className="choice-card"
      aria-pressed={chosen}
      data-chosen={chosen || undefined}
      onClick={onChoose}
    >
      <Group wrap="nowrap" align="flex-start">
        {icon}
        <div>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        </div>
      </Group>
    </UnstyledButton>
  );
}

function Columns({
  kind,
  fileId,
  onRestart,
}: {
  readonly kind: Kind;
  readonly fileId: string;
  onRestart(): void;
}) {
  const [search, setSearch] = useAddress();
  const survey = useRead(surveyImportFile, { params: { fileId } });
  const start = useCommand(startImportRun);
  const [changed, setChanged] = useState<Mapping | null>(null);
  const companyId = search.company ?? '';
  const check = (mapping: Mapping): void =>
    start.mutate(
      { params: { fileId }, body: { mode: 'check', companyId, mapping } },
      { onSuccess: ({ runId }) => setSearch({ run: runId }) },
    );
  if (survey.error && survey.data === undefined) {
    return (
      <Stack>
        <Trouble problem={survey.error} />
        <Group>
          <Button onClick={onRestart}>Hand in another file</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Shown read={survey}>
      {(found) => (
        <Stack>
          <Panel>
            <CompanySelect
              label="Into the books of"
              value={companyId}
              onChange={(id) => setSearch({ company: id })}
              width={360}
            />
          </Panel>
          <MappingEditor
            kind={kind}
            survey={found}
            mapping={changed ?? found.mapping}
            onChange={setChanged}
            problem={start.error}
            busy={start.isPending}
            ready={companyId !== ''}
            onCheck={check}
          />
        </Stack>
      )}
    </Shown>
  );
}
