// A message shown as its receiver sees it: in a frame that runs no scripts and loads nothing from outside.

export function MailFrame({
  html,
  title,
  height = 620,
}: {
  readonly html: string;
  readonly title: string;
  readonly height?: number;
}) {
  return (
    <iframe
      title={title}
      sandbox=""
      srcDoc={`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">${html}`}
      style={{
        width: '100%',
        height,
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 8,
        background: '#fff',
      }}
    />
  );
}
