window.govreport.receive("g0",[35,",2m|执法。一不二先告府建执报政普治|先政法|。不治|先政行设足𠀀","SDDRho0IsOSPCLMg4QcEOfhRwgwweDG8exhg8EOLDB4Mbx7GEHYQJeuKRYQYMbx7G8MNt/vykYQcIWEHku9fuOpFhBgxvHsZyDDB4Ic/DRhoAA=="]);
