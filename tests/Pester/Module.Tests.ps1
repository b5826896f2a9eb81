BeforeAll {
    $script:ManifestPath = Join-Path $PSScriptRoot '../../artifacts/module/DataResilience/DataResilience.psd1'
}

Describe 'The staged module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest -Path $ManifestPath).Name | Should -Be 'DataResilience'
    }

    It 'imports in a fresh shell without a word' {
        $output = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ManifestPath' -ErrorAction Stop" 2>&1
        $LASTEXITCODE | Should -Be 0
        $output | Should -BeNullOrEmpty
    }
}
