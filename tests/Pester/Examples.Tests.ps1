Describe 'The example scripts' {
    It 'docs/examples/demo.ps1 ends with every figure as it should be' {
        $demo = Join-Path $PSScriptRoot '..' '..' 'docs' 'examples' 'demo.ps1' -Resolve
        $env:DATARESILIENCE_STATE = Join-Path $TestDrive 'state'
        $shown = pwsh -NoProfile -NonInteractive -File $demo -Seed 7 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $shown
        $shown | Should -Match '100301 rows in 3 tables, equal by digest'
    }
}
