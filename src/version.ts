declare const __FTPLOG_VERSION__: string;

/** The version of package.json, put in by the build; `0.0.0-dev` when run from the sources. */
export const version: string = typeof __FTPLOG_VERSION__ === 'string' ? __FTPLOG_VERSION__ : '0.0.0-dev';
