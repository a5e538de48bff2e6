// How a company's printed documents look, with a real invoice beside the choices that follows them at once.

import {
  Button,
  ColorInput,
  FileButton,
  Group,
  Image,
  Input,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { changeLook, readLook } from '#printing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { LookExtras } from './LookExtras.tsx';
import { LookLetterhead } from './LookLetterhead.tsx';
import { LookPreview } from './LookPreview.tsx';

type Look = Reply<typeof readLook>;
type Style = Look['style'];

const SELECT_WIDTH = 320;
const NO_EXTRAS: Look['extras'] = { secondLanguage: 'none', payLink: null, upiId: null };

const PAPERS: { value: Style['paper']; label: string }[] = [
  { value: 'a4', label: 'A4' },
  { value: 'us_letter', label: 'US Letter' },
];
const WINDOWS: { value: Style['window']; label: string }[] = [
  { value: 'din_b', label: 'Left, DIN 5008 form B' },
  { value: 'din_a', label: 'Left, DIN 5008 form A (higher)' },
  { value: 'us', label: 'Left, US number 10 envelope' },
  { value: 'ch_right', label: 'Right, Swiss' },
];
const FONTS: { value: Style['font']; label: string }[] = [
  { value: 'noto_sans', label: 'Noto Sans' },
  { value: 'noto_serif', label: 'Noto Serif' },
];
const SWATCHES = ['#1b2430', '#1f4e79', '#0b6e4f', '#8a1c2b', '#5b3a8e', '#9a5b00'];

export function LookOfDocuments() {
  const [companyId, setCompanyId] = useState('');
  const read = useRead(readLook, { params: { companyId } }, { enabled: companyId !== '' });
  return (
    <Stack>
      <CompanySelect value={companyId} onChange={setCompanyId} width={SELECT_WIDTH} />
      {companyId === '' ? null : (
        <Shown read={read}>
          {(look) => <LookForm key={companyId + JSON.stringify(look)} companyId={companyId} look={look} />}
        </Shown>
      )}
    </Stack>
  );
}

function LookForm({ companyId, look }: { readonly companyId: string; readonly look: Look }) {
  const change = useCommand(changeLook);
  const [style, setStyle] = useState<Style>(look.style);
  const [logo, setLogo] = useState<string | null>(look.logo);
  const [extras, setExtras] = useState(look.extras);
  const [letterheads, setLetterheads] = useState(look.letterheads);
  // What is typed is kept by the fields themselves; this makes them anew.
  const [resets, setResets] = useState(0);
  const put = (part: Partial<Style>): void => setStyle({ ...style, ...part });
  const mayChange = look.may.change === true;
  const isUsual = JSON.stringify(style) === JSON.stringify(look.usual) && logo === null;
  const reset = (): void => {
    setStyle(look.usual);
    setLogo(null);
    setExtras(NO_EXTRAS);
    setLetterheads([]);
    setResets(resets + 1);
  };
  const submit = (): void =>
    change.mutate({
      params: { companyId },
      body: {
        style: isUsual ? null : style,
        extras,
        letterheads,
        ...(logo === look.logo ? {} : { logo: logo === null ? null : logo.slice(logo.indexOf(',') + 1) }),
      },
    });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Panel title="Look of documents">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <fieldset disabled={!mayChange} className="plain-fieldset">
            <Stack>
              {change.error ? <Trouble problem={change.error} /> : null}
              <Choice label="Paper" data={PAPERS} value={style.paper} onChange={(paper) => put({ paper })} />
              <Choice
                label="Window of the envelope"
                data={WINDOWS}
                value={style.window}
                onChange={(window) => put({ window })}
              />
              <Choice label="Font" data={FONTS} value={style.font} onChange={(font) => put({ font })} />
              <ColorInput
                label="Colour"
                description="Of the name and of small headings"
                value={style.accent}
                onChange={(accent) => put({ accent: accent.toLowerCase() })}
                swatches={SWATCHES}
                format="hex"
                disabled={!mayChange}
              />
              <Switch
                label="Fold and punch marks"
                checked={style.marks}
                onChange={(event) => put({ marks: event.currentTarget.checked })}
              />
              <Logo logo={logo} onChange={setLogo} disabled={!mayChange} />
              <LookExtras extras={extras} onChange={setExtras} problem={change.error} />
              <LookLetterhead
                key={resets}
                letterheads={letterheads}
                ownLanguage={look.ownLanguage}
                onChange={setLetterheads}
                problem={change.error}
              />
              {mayChange ? (
                <Group justify="space-between">
                  <SaveRow saved={change.isSuccess} saving={change.isPending} />
                  <Button
                    variant="subtle"
                    onClick={reset}
                    disabled={
                      isUsual &&
                      letterheads.length === 0 &&
                      JSON.stringify(extras) === JSON.stringify(NO_EXTRAS)
                    }
                  >
                    Back to what is usual
                  </Button>
                </Group>
              ) : null}
            </Stack>
          </fieldset>
        </form>
      </Panel>
      {/* Stays in sight while a long form is filled in beside it. */}
      <div style={{ position: 'sticky', top: 72, alignSelf: 'start' }}>
        <LookPreview
          companyId={companyId}
          style={style}
          extras={extras}
          letterheads={letterheads}
          isNewLogo={logo !== look.logo}
        />
      </div>
    </SimpleGrid>
  );
}

function Choice<T extends string>({
  label,
  data,
  value,
  onChange,
}: {
  readonly label: string;
  readonly data: { value: T; label: string }[];
  readonly value: T;
  onChange(value: T): void;
}) {
  return (
    <Select
      label={label}
      data={data}
      value={value}
      onChange={(chosen) => {
        const found = data.find((choice) => choice.value === chosen);
        if (found) onChange(found.value);
      }}
      allowDeselect={false}
    />
  );
}

function Logo({
  logo,
  onChange,
  disabled,
}: {
  readonly logo: string | null;
  onChange(logo: string | null): void;
  readonly disabled: boolean;
}) {
  const take = (file: File | null): void => {
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => onChange(String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <Stack gap={4}>
      <Input.Label component="div">Logo</Input.Label>
      <Group>
        {logo === null ? (
          <Text size="sm" c="dimmed">
            None: the name of the company is printed
          </Text>
        ) : (
          <Image src={logo} alt="The logo" h={48} w="auto" maw={220} fit="contain" />
        )}
        <FileButton onChange={take} accept="image/png,image/jpeg,image/svg+xml" disabled={disabled}>
          {(props) => (
            <Button variant="default" size="xs" {...props}>
              Choose a picture
            </Button>
          )}
        </FileButton>
        {logo === null ? null : (
          <Button variant="subtle" size="xs" onClick={() => onChange(null)} disabled={disabled}>
            Take it away
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        PNG, JPEG or SVG, at most 1 MB
      </Text>
    </Stack>
  );
}
