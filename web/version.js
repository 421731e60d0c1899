// What exports and citations call this Pathscope: its version is package.json's.
export const version = '0.1.0';
export const year = 2026;
