window.govreport.receive("g0",[35,",2m|执法。一不二先告府建执报政普治|先政法|。不治|先政行设足𠀀","SMNYa0KZyXhWZHCOCdeGOEYZ8G33rDPgnTDPg2+9YR2ELe1KwjBt963hjtu1LCOEsI8t3v26lYRg2+9ZyMM+CdeGsNA="]);
