Describe 'The example scripts' {
    It 'docs/examples/demo.ps1 ends with every figure as it should be' -Tag Slow {
        $demo = Join-Path $PSScriptRoot '..' '..' 'docs' 'examples' 'demo.ps1' -Resolve
        $env:DATARESILIENCE_STATE = Join-Path $TestDrive 'state'
        $shown = pwsh -NoProfile -NonInteractive -File $demo -Seed 7 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $shown
        $shown | Should -Match '8 +Restore all to a new file +ok +[0-9.]+ s +100301 rows, 3 tables equal by digest'
        $shown | Should -Not -Match 'FAILED'
    }

    It 'docs/examples/demo.ps1 shows the step that failed and ends with 1' {
        $script = Join-Path $PSScriptRoot '..' '..' 'docs' 'examples' 'demo.ps1' -Resolve
        New-Item -Force -Path $TestDrive/work/repository/mine | Out-Null
        $shown = pwsh -NoProfile -NonInteractive -File $script -Directory $TestDrive/work 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 1 -Because $shown
        $shown | Should -Match '2 +Make a repository +FAILED'
        $shown | Should -Not -Match 'Back up the shop'
    }
}
