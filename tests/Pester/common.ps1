# Shared by the suites: where the staged module is, and a directory with a database in it.
$script:ManifestPath = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '../../artifacts/module/DataResilience/DataResilience.psd1'))

# Nothing that is set on this machine reaches a test (but where the servers of the tests are), and no test reaches what this machine remembers of repositories.
Remove-Item -Path Env:DATARESILIENCE_* -Exclude DATARESILIENCE_TEST_* -ErrorAction Ignore

function New-Sandbox {
    $path = Join-Path ([System.IO.Path]::GetTempPath()) "dataresilience-$([guid]::NewGuid().ToString('n'))"
    $null = New-Item -ItemType Directory -Path $path
    $env:DATARESILIENCE_STATE = Join-Path $path 'state'
    @'
CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id), total REAL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO users SELECT i, 'user ' || i FROM n;
INSERT INTO orders SELECT id, id, id * 1.5 FROM users;
'@ | sqlite3 -batch (Join-Path $path 'shop.db')
    $path
}
