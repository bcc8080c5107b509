window.govreport.receive("root",[6,3,[],[["5faa148cd44a2fce",2,7,6,25,176,"",0,","]]]);
